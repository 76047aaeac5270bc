package isthmus.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts the detail lines of a checked file into chunks, beginning after the last line that is committed already. */
final class FileChunks implements Iterator<Chunk>, AutoCloseable {
    /** A file up to this size is kept in the store as it was received; a larger one only in the archive folder. */
    static final long MAX_RAW = 16L << 20;

    private final Extraction extraction;
    private final Received file;
    private final Frame.Checked frame;
    private final Origin origin;
    private final Layout layout;
    private final LineCutter cutter;
    private final String csv;
    private final long first;
    private final Lines lines;
    private final InputStream in;
    private boolean hasLine;

    /**
     * A file as it lies here.
     *
     * @param local as received
     * @param text unpacked; the same as {@code local} when it was no archive
     */
    record Received(
            String name,
            String sha256,
            Path local,
            Path text,
            @Nullable String member) {}

    FileChunks(Extraction extraction, Received file, Frame.Checked frame, Origin origin, long linesDone)
            throws IOException {
        this.extraction = extraction;
        this.file = file;
        this.frame = frame;
        this.origin = origin;
        Pull pull = extraction.pull();
        layout = pull.layout();
        String mark = extraction.setting("detail", "");
        cutter = new LineCutter(
                extraction.system().charset(),
                Frame.delimiter(pull),
                mark,
                layout.columns().size(),
                Math.max(0, frame.names().size() - layout.columns().size()));
        csv = file.member() == null ? file.name() : file.member();
        first = linesDone + 1;
        in = Files.newInputStream(file.text());
        lines = new Lines(in);
        advance();
    }

    private void advance() throws IOException {
        do {
            hasLine = lines.advance();
        } while (hasLine && (lines.number() < first || !frame.isDetail(lines.number())));
    }

    @Override
    public boolean hasNext() {
        return hasLine;
    }

    @Override
    public Chunk next() {
        if (!hasLine) {
            throw new NoSuchElementException();
        }
        try {
            // Untouched so far: this chunk brings the whole file for the store's raw objects.
            boolean isFirst = lines.number() == (frame.hasHeader() ? 2 : 1);
            byte[] raw = isFirst && Files.size(file.local()) <= MAX_RAW ? Files.readAllBytes(file.local()) : null;
            List<Piece> pieces = new ArrayList<>();
            Slices slices = new Slices();
            long last = 0;
            int most = extraction.maxPieces();
            while (hasLine && pieces.size() < most && slices.size < Extraction.MAX_BYTES) {
                last = lines.number();
                pieces.add(piece(slices));
                advance();
            }
            String position = position(hasLine ? last : frame.lines());
            return extraction.chunk(layout, pieces, origin, raw, extraction.position(position));
        } catch (IOException fault) {
            throw new SourceAway("cannot read the fetched file " + file.name(), fault);
        }
    }

    private Piece piece(Slices slices) {
        long number = lines.number();
        String locator = csv + ":" + number;
        Supplier<byte[]> bytes = slices.add(lines.buffer(), lines.start(), lines.length());
        if (lines.isTooLong()) {
            String hint = "expected at most " + Lines.MAX_LENGTH + " bytes";
            var refusal = new Outcome.Rejected(Reason.LINE_LENGTH, null, hint);
            return new Piece(new String[layout.columns().size()], List.of(), number, locator, bytes, refusal);
        }
        LineCutter.Cut cut = cutter.cut(lines.buffer(), lines.start(), lines.length());
        return new Piece(cut.values(), List.of(), number, locator, bytes, cut.refusal());
    }

    private String position(long line) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", file.name())
                .put("sha256", file.sha256())
                .put("line", line)
                .put("of", frame.lines())
                .toString();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException fault) {
            throw new SourceAway("cannot close " + file.name(), fault);
        }
    }

    /** The lines of a chunk, end to end in one array, so that a line costs no array of its own. */
    private static final class Slices {
        private byte[] bytes = new byte[1 << 16];
        private int size;

        Supplier<byte[]> add(byte[] line, int start, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
            }
            System.arraycopy(line, start, bytes, size, length);
            int from = size;
            size += length;
            int to = size;
            return () -> Arrays.copyOfRange(bytes, from, to);
        }
    }
}
