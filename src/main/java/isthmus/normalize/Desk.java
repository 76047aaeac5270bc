package isthmus.normalize;

import isthmus.model.Fact.Ref;
import isthmus.model.Piece;
import isthmus.model.Quality;
import isthmus.model.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything one thread needs to say one record: buffers, readers and what is noted on the way; used again and again. */
final class Desk {
    private static final long NO_STAMP = Long.MIN_VALUE;
    private static final int SLOTS = 24;

    final Bytes out = new Bytes();
    final Bytes print = new Bytes();
    final Cleaner cleaner = new Cleaner();
    final Moment moment = new Moment();
    final MessageDigest sha256 = digest("SHA-256");
    final MessageDigest md5 = digest("MD5");
    final CurveDay curve = new CurveDay();
    final PointDay points = new PointDay();
    final Decimal[] numbers = new Decimal[SLOTS];
    final long[] stamps = new long[SLOTS];
    final @Nullable String[] urns = new String[SLOTS];
    final long[] sumHigh = new long[SLOTS];
    final long[] sumLow = new long[SLOTS];

    private final Map<ZoneId, Offsets> zones = new HashMap<>();
    private @Nullable Offsets zone;
    private @Nullable Piece piece;
    private List<Reason> notes = List.of();
    private List<Quality> quality = List.of();
    private List<Ref> refs = List.of();

    /** The place of the current item in the list that is being written. */
    int index;

    /** Now, in epoch milliseconds, read once a chunk. */
    long now;

    /** Parts of the body that its content hash leaves out: from, to, from, to. */
    final int[] omitted = new int[64];

    int omissions;

    Desk() {
        Arrays.setAll(numbers, i -> new Decimal());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param notes flagged on every record of the chunk */
    void open(ZoneId zoneId, long now, List<Reason> notes) {
        zone = zones.computeIfAbsent(zoneId, Offsets::new);
        this.now = now;
        this.notes = notes;
    }

    Offsets zone() {
        if (zone == null) {
            throw new IllegalStateException("no chunk is open");
        }
        return zone;
    }

    void begin(Piece next) {
        piece = next;
        out.length = 0;
        index = 0;
        omissions = 0;
        quality = List.of();
        refs = List.of();
        for (int i = 0; i < SLOTS; i++) {
            numbers[i].clear();
            stamps[i] = NO_STAMP;
            urns[i] = null;
            sumHigh[i] = 0;
            sumLow[i] = 0;
        }
        for (Reason note : notes) {
            flag(note, "");
        }
    }

    Piece piece() {
        if (piece == null) {
            throw new IllegalStateException("no piece is open");
        }
        return piece;
    }

    void flag(Reason reason, Place place) {
        flag(reason, place.pointer(this));
    }

    void flag(Reason reason, String pointer) {
        if (quality.isEmpty()) {
            quality = new ArrayList<>(4);
        }
        quality.add(new Quality(reason, pointer));
    }

    /** Flags what the cleaner did to the last text. */
    void flagText(Place place) {
        if (cleaner.broken()) {
            throw place.refuse(Reason.CHARSET, this);
        }
        if (cleaner.control()) {
            flag(Reason.TXT_CTRL, place);
        }
        if (cleaner.fullWidth()) {
            flag(Reason.TXT_FULLWIDTH, place);
        }
        if (cleaner.privateUse()) {
            flag(Reason.TXT_PUA, place);
        }
        if (cleaner.sentinel()) {
            flag(Reason.SENTINEL, place);
        }
    }

    void refer(Place place, String urn) {
        if (refs.isEmpty()) {
            refs = new ArrayList<>(4);
        }
        refs.add(new Ref(place.pointer(this), urn));
    }

    /** Takes back what was noted for a part of the record that is not written after all. */
    void forget(int flagsKept, int refsKept) {
        trim(quality, flagsKept);
        trim(refs, refsKept);
    }

    private static void trim(List<?> list, int kept) {
        if (list.size() > kept) {
            list.subList(kept, list.size()).clear();
        }
    }

    /** Leaves a part of the body, up to its present end, out of the content hash. */
    void omitSince(int from) {
        if (omissions + 2 > omitted.length) {
            throw new IllegalStateException("too many omissions");
        }
        omitted[omissions++] = from;
        omitted[omissions++] = out.length;
    }

    boolean stamped(int slot) {
        return stamps[slot] != NO_STAMP;
    }

    List<Quality> quality() {
        return quality;
    }

    List<Ref> refs() {
        return refs;
    }
}
