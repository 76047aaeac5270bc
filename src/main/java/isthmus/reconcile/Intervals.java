package isthmus.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of an interval block, which may come in pieces; {@link #merged} is the whole day, worked out here a second time
 * and apart from the store, so that a fault in the one does not hide in the other.
 *
 * @param scale the power of ten of the values
 * @param values one per interval, {@link #MISSING} where there is none
 * @param received how many there are, as the record itself counts them
 */
record Intervals(int scale, long[] values, int received) {

    static final String ENTITY = "intervalblock";
    static final long MISSING = Long.MIN_VALUE;
    private static final JsonFactory JSON = new JsonFactory();

    Intervals(int scale, long[] values) {
        this(scale, values, (int)
                Arrays.stream(values).filter(value -> value != MISSING).count());
    }

    /** Reads {@code scale}, {@code values} and {@code received} out of a canonical body. */
    static Intervals of(byte[] body) {
        int scale = 0;
        int received = -1;
        List<Long> values = new ArrayList<>(96);
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("scale")) {
                    scale = json.getIntValue();
                } else if (field.equals("received") && value == JsonToken.VALUE_NUMBER_INT) {
                    received = json.getIntValue();
                } else if (field.equals("values") && value == JsonToken.START_ARRAY) {
                    for (JsonToken one = json.nextToken(); one != JsonToken.END_ARRAY; one = json.nextToken()) {
                        values.add(one == JsonToken.VALUE_NULL ? MISSING : json.getLongValue());
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("an interval block's body is not canonical JSON", fault);
        }
        long[] all = values.stream().mapToLong(Long::longValue).toArray();
        return received < 0 ? new Intervals(scale, all) : new Intervals(scale, all, received);
    }

    /** The day of all pieces: at each position the value of the last that has one there; pieces in order of their versions. */
    static Intervals merged(List<Sighting> pieces) {
        int finest = Integer.MAX_VALUE;
        int longest = 0;
        for (Sighting piece : pieces) {
            if (piece.intervals() != null) {
                finest = Math.min(finest, piece.intervals().scale);
                longest = Math.max(longest, piece.intervals().values.length);
            }
        }
        long[] merged = new long[longest];
        Arrays.fill(merged, MISSING);
        String[] versions = new String[longest];
        for (Sighting piece : pieces) {
            if (piece.intervals() != null) {
                piece.intervals().mergeInto(merged, finest, versions, piece.version());
            }
        }
        return new Intervals(finest, merged);
    }

    private void mergeInto(long[] merged, int finest, @Nullable String[] versions, String version) {
        long factor = BigDecimal.ONE.scaleByPowerOfTen(scale - finest).longValueExact();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != MISSING) {
                long value = Math.multiplyExact(values[i], factor);
                // Two pieces of one version are a conflict, in which the greater value is kept.
                merged[i] = version.equals(versions[i]) ? Math.max(merged[i], value) : value;
                versions[i] = version;
            }
        }
    }

    /** The energy of the day. */
    BigDecimal sum() {
        BigInteger sum = BigInteger.ZERO;
        for (long value : values) {
            sum = value == MISSING ? sum : sum.add(BigInteger.valueOf(value));
        }
        return new BigDecimal(sum).scaleByPowerOfTen(scale);
    }

    /** The same for as many values at the same positions, however they are written down. */
    Key content() {
        int places = scale;
        long[] shortest = values.clone();
        boolean isZero = Arrays.stream(values).allMatch(value -> value == 0 || value == MISSING);
        while (!isZero && Arrays.stream(shortest).allMatch(value -> value == MISSING || value % 10 == 0)) {
            for (int i = 0; i < shortest.length; i++) {
                shortest[i] = shortest[i] == MISSING ? MISSING : shortest[i] / 10;
            }
            places++;
        }
        int length = shortest.length;
        while (length > 0 && shortest[length - 1] == MISSING) {
            length--;
        }
        return Key.of(received + "e" + (isZero ? 0 : places) + Arrays.toString(Arrays.copyOf(shortest, length)));
    }

    void write(DataOutput to) throws IOException {
        to.writeByte(scale);
        to.writeShort(values.length);
        for (long value : values) {
            writeVarint(to, value == MISSING ? 0 : 1 + ((value << 1) ^ (value >> 63)));
        }
    }

    static Intervals read(DataInput from) throws IOException {
        int scale = from.readByte();
        long[] values = new long[from.readUnsignedShort()];
        for (int i = 0; i < values.length; i++) {
            long coded = readVarint(from) - 1;
            values[i] = coded < 0 ? MISSING : (coded >>> 1) ^ -(coded & 1);
        }
        return new Intervals(scale, values);
    }

    private static void writeVarint(DataOutput to, long value) throws IOException {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            to.writeByte((int) (rest & 0x7f | 0x80));
        }
        to.writeByte((int) rest);
    }

    private static long readVarint(DataInput from) throws IOException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = from.readUnsignedByte();
            value |= (long) (part & 0x7f) << shift;
            if ((part & 0x80) == 0) {
                return value;
            }
        }
    }
}
