package isthmus.reconcile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one shore says of one key, small enough to be sorted on disk.
 *
 * @param key of the canonical id
 * @param version orders what a shore shows of one key: the sequence, and where that is equal and decides the content hash
 * @param young changed after the cut-off
 * @param alive false for a tombstone
 * @param clue how the quarantine would know it: key of the locator on the legacy shore, key hash on the unified one
 * @param content MD5 of the content hash; of a block, whose pieces are put together, that of its values
 * @param intervals the values of a piece of an interval block on the legacy shore, else null
 * @param day from which it holds, counted from 1970; 0 where none is said
 */
record Sighting(
        Key key,
        String version,
        boolean young,
        boolean alive,
        Key clue,
        Key content,
        @Nullable BigDecimal money,
        @Nullable BigDecimal energy,
        @Nullable Intervals intervals,
        int day) {

    private static final int YOUNG = 1;
    private static final int ALIVE = 2;
    private static final int MONEY = 4;
    private static final int ENERGY = 8;
    private static final int INTERVALS = 16;

    /** A key that is only counted. */
    static Sighting of(Key key) {
        return new Sighting(key, "", false, true, Key.NONE, Key.NONE, null, null, null, 0);
    }

    /** What a shore says of a key in the end: its latest version, and for blocks the energy of all pieces merged. */
    static Sighting settle(List<Sighting> seen) {
        if (seen.size() == 1) {
            return seen.get(0);
        }
        List<Sighting> inOrder =
                seen.stream().sorted(Comparator.comparing(Sighting::version)).toList();
        Sighting last = inOrder.get(inOrder.size() - 1);
        boolean young = seen.stream().anyMatch(Sighting::young);
        Intervals merged = last.intervals == null ? null : Intervals.merged(inOrder);
        return new Sighting(
                last.key,
                last.version,
                young,
                last.alive,
                last.clue,
                merged == null ? last.content : merged.content(),
                last.money,
                merged == null ? last.energy : merged.sum(),
                null,
                last.day);
    }

    /** The key's bytes come first, so that sorting the bytes sorts the keys. */
    byte[] encode() {
        var bytes = new ByteArrayOutputStream(96);
        try (var to = new DataOutputStream(bytes)) {
            to.writeLong(key.high());
            to.writeLong(key.low());
            to.writeByte((young ? YOUNG : 0)
                    | (alive ? ALIVE : 0)
                    | (money != null ? MONEY : 0)
                    | (energy != null ? ENERGY : 0)
                    | (intervals != null ? INTERVALS : 0));
            to.writeUTF(version);
            to.writeLong(clue.high());
            to.writeLong(clue.low());
            to.writeLong(content.high());
            to.writeLong(content.low());
            to.writeInt(day);
            if (money != null) {
                write(to, money);
            }
            if (energy != null) {
                write(to, energy);
            }
            if (intervals != null) {
                intervals.write(to);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return bytes.toByteArray();
    }

    static Sighting decode(byte[] bytes) {
        try (var from = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Key key = new Key(from.readLong(), from.readLong());
            int flags = from.readByte();
            String version = from.readUTF();
            Key clue = new Key(from.readLong(), from.readLong());
            Key content = new Key(from.readLong(), from.readLong());
            int day = from.readInt();
            BigDecimal money = (flags & MONEY) != 0 ? readDecimal(from) : null;
            BigDecimal energy = (flags & ENERGY) != 0 ? readDecimal(from) : null;
            Intervals intervals = (flags & INTERVALS) != 0 ? Intervals.read(from) : null;
            return new Sighting(
                    key,
                    version,
                    (flags & YOUNG) != 0,
                    (flags & ALIVE) != 0,
                    clue,
                    content,
                    money,
                    energy,
                    intervals,
                    day);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void write(DataOutputStream to, BigDecimal value) throws IOException {
        byte[] digits = value.unscaledValue().toByteArray();
        to.writeByte(value.scale());
        to.writeByte(digits.length);
        to.write(digits);
    }

    private static BigDecimal readDecimal(DataInputStream from) throws IOException {
        int scale = from.readByte();
        byte[] digits = new byte[from.readUnsignedByte()];
        from.readFully(digits);
        return new BigDecimal(new BigInteger(digits), scale);
    }
}
