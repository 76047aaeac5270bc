package isthmus.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Local folders for files under way. They hold personal data, so what a hub that was killed left behind is deleted. */
final class WorkFolder {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final Pattern NAME = Pattern.compile("isthmus-work-([0-9]+)-.*");

    private WorkFolder() {}

    /** A new folder under {@code java.io.tmpdir}, for this process alone. */
    static Path create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(temporary);
        return Files.createTempDirectory(
                temporary, "isthmus-work-" + ProcessHandle.current().pid() + "-");
    }

    static void sweep(Path temporary) throws IOException {
        List<Path> left;
        try (Stream<Path> folders = Files.list(temporary)) {
            left = folders.filter(WorkFolder::isLeft).toList();
        }
        for (Path folder : left) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException notOurs) {
                LOG.warn("cannot delete {}, which a hub that was killed left behind", folder, notOurs);
            }
        }
    }

    /** Nobody lives under the number any more, or somebody younger: in a container it is often the same number. */
    private static boolean isLeft(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        try {
            Instant made = Files.getLastModifiedTime(folder).toInstant();
            return ProcessHandle.of(Long.parseLong(name.group(1)))
                    .flatMap(process -> process.info().startInstant())
                    .map(started -> started.isAfter(made.plusSeconds(1)))
                    .orElse(true);
        } catch (IOException | NumberFormatException notOurs) {
            return false;
        }
    }
}
