package isthmus.cli;

import isthmus.security.Role;
import isthmus.serve.door.DemoKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/** What a demo with sign-in keeps beside its data: the key of its tokens, and a token for each role, for curl. */
final class DemoTokens {
    private DemoTokens() {}

    static Path key(Path data) {
        return data.resolve("token-key.json");
    }

    /** Writes them anew where only their owner can read them, and answers the folder. */
    static Path write(Path data, Instant now) {
        Path folder = data.resolve("tokens");
        DemoKey key = DemoKey.in(key(data));
        try {
            if (!Files.exists(folder)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            for (Role role : Role.values()) {
                Files.writeString(folder.resolve(role.word()), key.token(role, now));
            }
            return folder;
        } catch (IOException fault) {
            throw new UncheckedIOException("the demo's tokens cannot be written", fault);
        }
    }
}
