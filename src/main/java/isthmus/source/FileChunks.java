package isthmus.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import isthmus.model.Chunk;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Makes chunks of the records of a checked file, beginning after the last one that is committed already. */
final class FileChunks implements Iterator<Chunk>, AutoCloseable {
    /** A file up to this size is kept in the store as it was received; a larger one only in the archive folder. */
    static final long MAX_RAW = 16L << 20;

    private final Extraction extraction;
    private final Received file;
    private final Format.Sound sound;
    private final Origin origin;
    private final Layout layout;
    private final Records records;
    private boolean isUntouched;
    private boolean hasRecord;

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
            @Nullable String member) {

        /** What its records are called by. */
        String label() {
            return member == null ? name : member;
        }
    }

    /** @param done the ordinal of the last committed record */
    FileChunks(Extraction extraction, Received file, Format format, Format.Sound sound, Origin origin, long done)
            throws Refused, IOException {
        this.extraction = extraction;
        this.file = file;
        this.sound = sound;
        this.origin = origin;
        layout = extraction.pull().layout();
        isUntouched = done == 0;
        records = format.read(file.text(), sound, file.label(), done);
        hasRecord = records.advance();
    }

    @Override
    public boolean hasNext() {
        return hasRecord;
    }

    @Override
    public Chunk next() {
        if (!hasRecord) {
            throw new NoSuchElementException();
        }
        try {
            // The first chunk brings the whole file for the store's raw objects.
            boolean bringsFile = isUntouched && Files.size(file.local()) <= MAX_RAW;
            byte[] raw = bringsFile ? Files.readAllBytes(file.local()) : null;
            isUntouched = false;
            List<Piece> pieces = new ArrayList<>();
            Slices slices = new Slices();
            long last = 0;
            int most = extraction.maxPieces();
            while (hasRecord && pieces.size() < most && slices.size() < Extraction.MAX_BYTES) {
                last = records.ordinal();
                pieces.add(records.piece(slices));
                hasRecord = records.advance();
            }
            String position = position(hasRecord ? last : sound.end());
            return extraction.chunk(layout, pieces, origin, raw, extraction.position(position), sound.notes());
        } catch (Refused | IOException fault) {
            throw new SourceAway("cannot read the fetched file " + file.name(), fault);
        }
    }

    private String position(long ordinal) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", file.name())
                .put("sha256", file.sha256())
                .put("line", ordinal)
                .put("of", sound.end())
                .toString();
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException fault) {
            throw new SourceAway("cannot close " + file.name(), fault);
        }
    }
}
