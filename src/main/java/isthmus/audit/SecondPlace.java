package isthmus.audit;

import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A folder away from the store, to which every signed head is added as a line, the public key beside it. */
final class SecondPlace {
    private static final int LONGEST_LINE = 4_096;

    private final Path folder;
    private final Path heads;

    SecondPlace(Path folder) {
        this.folder = folder;
        this.heads = folder.resolve(Evidence.HEADS);
    }

    /** The last head that lies there whole; what a crash has left behind it is taken away. */
    Optional<Head> last() throws IOException {
        if (!Files.exists(heads)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(heads, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long from = Math.max(0, file.size() - 2 * LONGEST_LINE);
            ByteBuffer tail = ByteBuffer.allocate((int) (file.size() - from));
            while (tail.hasRemaining() && file.read(tail, from + tail.position()) >= 0) {
                // Until all of it is there.
            }
            String text = new String(tail.array(), StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            if (end < text.length()) {
                file.truncate(from + end);
            }
            if (end == 0) {
                return Optional.empty();
            }
            return Optional.of(Head.read(text.substring(text.lastIndexOf('\n', end - 2) + 1, end - 1)));
        } catch (IllegalArgumentException noHead) {
            throw new IOException("the last line of " + heads + " is no head", noHead);
        }
    }

    void add(List<Head> more) throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        for (Head head : more) {
            Path pem = folder.resolve(Evidence.pem(head.key()));
            if (!Files.exists(pem)) {
                Files.writeString(pem, Evidence.armoured(head.key()));
            }
            lines.append(head.line()).append('\n');
        }
        try (FileChannel file = FileChannel.open(heads, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.toString());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }
}
