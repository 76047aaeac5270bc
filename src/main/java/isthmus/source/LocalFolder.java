package isthmus.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is mounted here, for one-way gateways that deliver files. */
public final class LocalFolder implements Folder {
    private final Path root;

    public LocalFolder(Path root) {
        this.root = root;
    }

    @Override
    public List<Entry> list(String directory) {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> paths = Files.list(at(directory))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String name = String.valueOf(path.getFileName());
                entries.add(
                        new Entry(name, facts.size(), facts.lastModifiedTime().toMillis(), facts.isRegularFile()));
            }
        } catch (IOException fault) {
            throw new SourceAway("cannot list " + directory, fault);
        }
        return entries;
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Path fetch(String directory, String name, Path into) {
        try {
            Files.createDirectories(into);
            return Files.copy(at(directory).resolve(name), into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            throw new SourceAway("cannot fetch a file of " + directory, fault);
        }
    }

    @Override
    public void rename(String from, String to) {
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(at(to).getParent()));
            Files.move(at(from), at(to));
        } catch (IOException fault) {
            throw new SourceAway("cannot archive a file", fault);
        }
    }

    @Override
    public void delete(String path) {
        try {
            Files.deleteIfExists(at(path));
        } catch (IOException fault) {
            throw new SourceAway("cannot delete a marker", fault);
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private Path at(String path) {
        return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }
}
