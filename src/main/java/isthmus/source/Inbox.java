package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory where a legacy system lays its files. Tells which complete files have arrived for a pull, and puts each out
 * of the way, never over another, once it is dealt with.
 *
 * <p>A name that no pull of the system expects is refused once, by the system's first pull of that directory, and never
 * fetched or touched.
 */
public final class Inbox implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);

    private static final char NUL_AS_SEEN = '\u2400';

    private final Extraction extraction;
    private final Folder folder;
    private final Arrivals arrivals;
    private final Path work;
    private final Clock clock;
    private final String directory;
    private final String done;
    private final List<FileArrival> opened = new ArrayList<>();

    /** @param work a local folder of this inbox's own; emptied at the end */
    public Inbox(Extraction extraction, Folder folder, Arrivals arrivals, Path work, Clock clock) {
        this.extraction = extraction;
        this.folder = folder;
        this.arrivals = arrivals;
        this.work = work;
        this.clock = clock;
        directory = extraction.setting("directory", "");
        done = extraction.setting("done", "");
    }

    /** The complete files for this pull, in the order of their names. */
    public List<FileArrival> arrived() {
        List<Folder.Entry> entries = new ArrayList<>(folder.list(directory));
        entries.sort(Comparator.comparing(Folder.Entry::name));
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> names.add(entry.name()));
        sweepMarkers(entries, names);
        for (Folder.Entry entry : entries) {
            if (isMarker(entry.name()) || !isComplete(entry.name(), names)) {
                continue;
            }
            boolean isSound = Names.isPlain(entry.name()) && entry.isFile();
            if (isSound && expects(extraction.pull(), entry.name())) {
                opened.add(new FileArrival(this, entry, null));
            } else if (isForMe(entry.name(), isSound)) {
                stray(entry);
            }
        }
        return List.copyOf(opened);
    }

    private boolean isMarker(String name) {
        return !done.isEmpty() && name.endsWith(done);
    }

    private boolean isComplete(String name, Set<String> names) {
        return done.isEmpty() ? !name.startsWith(".") : names.contains(name + done);
    }

    /**
     * A stop between archiving a file and deleting its marker leaves the marker alone, and it would call the next file of
     * that name complete before it is.
     */
    private void sweepMarkers(List<Folder.Entry> entries, Set<String> names) {
        for (Folder.Entry entry : entries) {
            if (isMarker(entry.name())) {
                String name = entry.name().substring(0, entry.name().length() - done.length());
                boolean isOurs = Names.isPlain(name) && expects(extraction.pull(), name);
                // The listing is no snapshot: the file may have come while it was read.
                if (isOurs && !names.contains(name) && !folder.exists(path(name))) {
                    folder.delete(path(entry.name()));
                }
            }
        }
    }

    private boolean isForMe(String name, boolean isSound) {
        List<Pull> neighbours = extraction.system().pulls().stream()
                .filter(pull -> directory.equals(pull.settings().get("directory")))
                .toList();
        boolean isExpected = isSound && neighbours.stream().anyMatch(pull -> expects(pull, name));
        return !isExpected && neighbours.get(0).name().equals(extraction.pull().name());
    }

    private static boolean expects(Pull pull, String name) {
        return Pattern.matches(pull.settings().getOrDefault("pattern", ""), name);
    }

    private void stray(Folder.Entry listed) {
        byte[] name = listed.name().getBytes(StandardCharsets.UTF_8);
        // No store takes a NUL in a text, and one file's name must not keep all others out.
        var entry = new Folder.Entry(
                listed.name().replace('\0', NUL_AS_SEEN), listed.size(), listed.modified(), listed.isFile());
        var arrival = new Arrivals.Arrival(
                extraction.system().name(),
                extraction.pull().name(),
                entry.name(),
                Digests.sha256(name),
                entry.size(),
                null);
        Arrivals.Claim claim = arrivals.claim(arrival, extraction.run());
        if (claim.state() == Arrivals.State.CLAIMED) {
            opened.add(new FileArrival(this, entry, arrival));
        }
    }

    Extraction extraction() {
        return extraction;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Path fetch(Folder.Entry entry) throws IOException {
        Path local = folder.fetch(directory, entry.name(), work);
        long size = Files.size(local);
        if (size != entry.size()) {
            throw new SourceAway(entry.name() + " came with " + size + " of " + entry.size() + " bytes", null);
        }
        return local;
    }

    /** A path outside of the inbox that no other file has or will have. */
    String placeFor(String name, String sha256, boolean isRefused) {
        String stamp = STAMP.format(
                ZonedDateTime.now(clock.withZone(extraction.system().zone())));
        return extraction.setting(isRefused ? "refused" : "archive", "") + "/" + stamp + "-" + sha256.substring(0, 12)
                + "-" + name;
    }

    void putAway(String name, String target) {
        folder.rename(path(name), target);
        if (!done.isEmpty()) {
            folder.delete(path(name + done));
        }
    }

    private String path(String name) {
        return directory + "/" + name;
    }

    @Override
    public void close() {
        opened.forEach(FileArrival::close);
        folder.close();
        if (!Files.isDirectory(work)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(work)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException fault) {
            throw new SourceAway(
                    "cannot empty the work folder of " + extraction.pull().name(), fault);
        }
    }

    /** The refusal of a name that was never fetched. */
    static Refused strayName() {
        return new Refused(Reason.FILE_NAME, "expected one plain file name of the agreed pattern");
    }
}
