package isthmus.flow;

import isthmus.catalog.Pull;
import isthmus.model.Reason;
import isthmus.source.Arrivals;
import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file that was put away, seen as if it had just arrived: an inbox that holds this file alone, under the name that it
 * came with. Nothing is moved or deleted through it.
 */
final class ArchivedFile implements Folder {
    /** A ledger in which every file is new and nothing is written down. */
    static final Arrivals NOTHING_CLAIMED = new Arrivals() {
        @Override
        public Claim claim(Arrival file, long run) {
            return Claim.fresh();
        }

        @Override
        public void finished(Arrival file, long run, String archivedAs) {}

        @Override
        public void refused(Arrival file, long run, Reason reason, @Nullable String movedTo) {}
    };

    private static final Pattern PUT_AWAY = Pattern.compile("[0-9]{17}-[0-9a-f]{12}-(.+)");

    private final Folder archive;
    private final String directory;
    private final String kept;
    private final String name;
    private final Entry entry;
    private final String done;

    private ArchivedFile(Folder archive, String directory, Entry entry, String name, String done) {
        this.archive = archive;
        this.directory = directory;
        this.kept = entry.name();
        this.name = name;
        this.entry = new Entry(name, entry.size(), entry.modified(), true);
        this.done = done;
    }

    /** The archived files of a pull, by the name that they came with: kind, data date, district. */
    static List<ArchivedFile> of(Folder archive, Pull pull) {
        String directory = pull.settings().getOrDefault("archive", "");
        String done = pull.settings().getOrDefault("done", "");
        String pattern = pull.settings().getOrDefault("pattern", "");
        if (!archive.exists(directory)) {
            return List.of();
        }
        return archive.list(directory).stream()
                .flatMap(entry -> {
                    Matcher putAway = PUT_AWAY.matcher(entry.name());
                    return putAway.matches() && Pattern.matches(pattern, putAway.group(1))
                            ? java.util.stream.Stream.of(
                                    new ArchivedFile(archive, directory, entry, putAway.group(1), done))
                            : java.util.stream.Stream.of();
                })
                .sorted(Comparator.comparing((ArchivedFile file) -> file.name).thenComparing(file -> file.kept))
                .toList();
    }

    /** The name that it was put away under, which holds the hash of its content. */
    String kept() {
        return kept;
    }

    @Override
    public List<Entry> list(String inbox) {
        return done.isEmpty() ? List.of(entry) : List.of(entry, new Entry(name + done, 0, 0, true));
    }

    @Override
    public boolean exists(String path) {
        return path.endsWith("/" + name);
    }

    @Override
    public Path fetch(String inbox, String asked, Path into) {
        Path fetched = archive.fetch(directory, kept, into);
        try {
            return Files.move(fetched, into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            throw new SourceAway("cannot keep the fetched file " + name, fault);
        }
    }

    @Override
    public void rename(String from, String to) {
        throw new IllegalStateException("the night moves nothing");
    }

    @Override
    public void delete(String path) {
        throw new IllegalStateException("the night deletes nothing");
    }

    /** The connection is the archive's and goes on to the next file. */
    @Override
    public void close() {}
}
