package isthmus.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where unpacked server programs wait between starts: one directory a user, readable by nobody else. */
final class Cellar {
    private Cellar() {}

    static Path open() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path cellar = temporary.resolve("isthmus-demo-" + System.getProperty("user.name"));
        if (Files.notExists(cellar)) {
            Files.createDirectories(
                    cellar, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // In a directory that everybody may write to, somebody else may have laid this one out for us.
        Path own = Files.createTempFile("isthmus", "owner");
        try {
            if (!Files.getOwner(cellar).equals(Files.getOwner(own))) {
                throw new IOException(cellar + " belongs to somebody else");
            }
        } finally {
            Files.delete(own);
        }
        return cellar;
    }
}
