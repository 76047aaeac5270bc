package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;

/** What holds of a reader whatever bytes it is given; docs/contributing.md says it in words. */
@NullUnmarked
final class AnyBytes {
    /** So far beyond what four thousand bytes take that a slow machine is not mistaken for a hang. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final Path FILE = file();

    private final Format format;
    private final int columns;
    private final int children;
    private final Charset charset;
    private final boolean mayNeedItsFile;

    private AnyBytes(Trial trial, Charset charset, boolean mayNeedItsFile) {
        format = trial.format();
        columns = trial.pull().layout().columns().size();
        children = trial.pull().layout().childNames().size();
        this.charset = charset;
        this.mayNeedItsFile = mayNeedItsFile;
    }

    /** Of a reader whose kept bytes are enough to cut the record again. */
    static AnyBytes of(Trial trial, Charset charset) {
        return new AnyBytes(trial, charset, false);
    }

    /** Of a reader that may have to ask for the file again, where what stood around a record has changed in between. */
    static AnyBytes ofDocuments(Trial trial, Charset charset) {
        return new AnyBytes(trial, charset, true);
    }

    /** One file for all of them: millions are written, and the disk of the machine is not what is asked. */
    private static Path file() {
        try {
            Path memory = Path.of("/dev/shm");
            Path folder = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "isthmus-fuzz")
                    : Files.createTempDirectory("isthmus-fuzz");
            Path file = folder.resolve("bytes");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    /** Reads a whole file as an arrival does, and says how many pieces it had; -1 when it was refused as a whole. */
    int hold(byte[] bytes) throws IOException {
        long start = System.nanoTime();
        Files.write(FILE, bytes);
        Format.Sound sound;
        try {
            sound = format.check(FILE);
        } catch (Refused refused) {
            assertThat(refused.reason().fate()).isEqualTo(Reason.Fate.REJECT);
            return -1;
        }

        List<Piece> pieces = read(sound, 0);
        long before = 0;
        for (Piece piece : pieces) {
            assertThat(piece.ordinal()).as("places rise").isGreaterThan(before).isLessThanOrEqualTo(sound.end());
            before = piece.ordinal();
            holds(piece, bytes);
        }
        goesOnInTheMiddle(sound, pieces);
        assertThat(System.nanoTime() - start).as("no hang").isLessThan(LONGEST_NANOS);
        return pieces.size();
    }

    /** A file that was found sound is read without a refusal: there is nobody any more who could tell one. */
    private List<Piece> read(Format.Sound sound, long done) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        Slices slices = new Slices();
        try (Records records = format.read(FILE, sound, "f@x", done)) {
            while (records.advance()) {
                long ordinal = records.ordinal();
                Piece piece = records.piece(slices);
                assertThat(piece.ordinal()).isEqualTo(ordinal);
                pieces.add(piece);
            }
        } catch (Refused refused) {
            throw new AssertionError("refused behind its check", refused);
        }
        return pieces;
    }

    private void holds(Piece piece, byte[] file) {
        Outcome.Rejected refusal = piece.refusal();
        if (refusal != null) {
            assertThat(refusal.reason().fate()).isEqualTo(Reason.Fate.REJECT);
            assertThat(piece.bytes().get()).isNotNull();
            return;
        }
        assertThat(piece.values()).hasSize(columns);
        assertThat(piece.children()).hasSize(children);
        inventsNothing(Trial.say(piece), file, charset);
        Piece again = format.again(piece.bytes().get(), piece.ordinal(), piece.locator());
        if (again.refusal() == null || !mayNeedItsFile) {
            assertThat(Trial.say(again)).as("cut again from its kept bytes").isEqualTo(Trial.say(piece));
        }
    }

    /** The sign for what a charset does not know is in no record, unless the sender wrote it. */
    static void inventsNothing(String said, byte[] file, Charset charset) {
        if (said.indexOf('\uFFFD') >= 0) {
            String plain = new String(file, StandardCharsets.ISO_8859_1);
            String sign = new String("\uFFFD".getBytes(charset), StandardCharsets.ISO_8859_1);
            String low = plain.toLowerCase(Locale.ROOT);
            assertThat(plain.contains(sign) || low.contains("fffd") || low.contains("65533"))
                    .as("U+FFFD that nobody wrote in %s", said)
                    .isTrue();
        }
    }

    private void goesOnInTheMiddle(Format.Sound sound, List<Piece> pieces) throws IOException {
        if (pieces.size() < 2) {
            return;
        }
        int middle = pieces.size() / 2;
        List<Piece> rest = read(sound, pieces.get(middle - 1).ordinal());
        assertThat(said(rest)).as("read on behind what is done").isEqualTo(said(pieces.subList(middle, pieces.size())));
    }

    private static List<String> said(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> piece.locator() + " " + Trial.say(piece))
                .map(Objects::toString)
                .toList();
    }
}
