package isthmus.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;

/** A file that is there whole or not at all: it is written beside its place and moved there. */
final class WholeFile {
    private final Path file;
    private final Path place;

    /** @throws Refusal when no file can be there */
    WholeFile(Path file) {
        this.file = file;
        Path absolute = file.toAbsolutePath().normalize();
        try {
            // A link is followed, so that what it points at is replaced and not the link.
            place = Files.exists(absolute) ? absolute.toRealPath() : absolute;
        } catch (IOException fault) {
            throw cannot(fault);
        }
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new Refusal(Exit.USAGE, file + " is there already and is no file.");
        }
        if (place.getParent() == null || !Files.isDirectory(place.getParent())) {
            throw new Refusal(Exit.USAGE, "There is no folder " + place.getParent() + ".");
        }
    }

    /**
     * Writes it as UTF-8, in place of the one that was there.
     *
     * @param text says the text piece by piece
     */
    void write(Consumer<Consumer<String>> text) {
        Path beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(beside, StandardOpenOption.CREATE_NEW)) {
                text.accept(piece -> append(out, piece));
            }
            move(beside, place);
        } catch (IOException | UncheckedIOException fault) {
            throw cannot(Causes.root(fault));
        } finally {
            beside.toFile().delete();
        }
    }

    private Refusal cannot(Throwable fault) {
        return new Refusal(Exit.USAGE, "Cannot write " + file + ": " + Causes.describe(fault));
    }

    private static void append(BufferedWriter out, String piece) {
        try {
            out.write(piece);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
