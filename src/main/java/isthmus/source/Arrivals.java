package isthmus.source;

import isthmus.model.Reason;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of files: one row per system, name and content. How many lines are done is not told here: it is committed
 * with each chunk, whose {@code Position.value} is {@code {"file":…,"sha256":…,"line":n,"of":total}}. Every entry throws when
 * its run may not touch files any more, because another hub reads them now.
 */
public interface Arrivals {

    /** Writes a file down, or finds it written down; never moves what is done. */
    Claim claim(Arrival file, long run);

    /** The file's last line is committed; the file itself is about to be moved to another name. */
    void finished(Arrival file, long run, String archivedAs);

    /** The whole file is refused; {@code movedTo} is null when it is left untouched (a hostile name). */
    void refused(Arrival file, long run, Reason reason, @Nullable String movedTo);

    /**
     * A file as it arrived.
     *
     * @param sha256 lower hex of the bytes as received; of the name's UTF-8 bytes for a file that was never fetched
     * @param size in bytes, as received or as listed
     * @param businessTime what its header says, null when it was never read so far
     */
    record Arrival(
            String system,
            String pull,
            String name,
            String sha256,
            long size,
            @Nullable OffsetDateTime businessTime) {}

    /**
     * What the ledger knows of a file.
     *
     * @param linesDone the last committed line, 0 when none is
     */
    record Claim(State state, long linesDone) {

        public static Claim fresh() {
            return new Claim(State.CLAIMED, 0);
        }
    }

    /** CLAIMED: not done, go on after {@code linesDone}; DONE and REFUSED as reported before. */
    enum State {
        CLAIMED,
        DONE,
        REFUSED
    }
}
