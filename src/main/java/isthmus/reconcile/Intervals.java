package isthmus.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of an interval block, which may come in pieces; {@link #mergedSum} is the energy of the whole day, worked out
 * here a second time and apart from the store, so that a fault in the one does not hide in the other.
 *
 * @param scale the power of ten of the values
 * @param values one per interval, {@link #MISSING} where there is none
 */
record Intervals(int scale, long[] values) {

    static final String ENTITY = "intervalblock";
    static final long MISSING = Long.MIN_VALUE;
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads {@code scale} and {@code values} out of a canonical body. */
    static Intervals of(byte[] body) {
        int scale = 0;
        List<Long> values = new ArrayList<>(96);
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("scale")) {
                    scale = json.getIntValue();
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
        return new Intervals(scale, values.stream().mapToLong(Long::longValue).toArray());
    }

    /** The sum over all positions of the last piece that has a value there; pieces in order of their versions. */
    static BigDecimal mergedSum(List<Sighting> pieces) {
        BigDecimal sum = BigDecimal.ZERO;
        int position = 0;
        for (int longest = 1; position < longest; position++) {
            @Nullable BigDecimal winner = null;
            String version = "";
            for (Sighting piece : pieces) {
                Intervals intervals = piece.intervals();
                if (intervals == null || intervals.values.length <= position) {
                    continue;
                }
                longest = Math.max(longest, intervals.values.length);
                long value = intervals.values[position];
                if (value != MISSING) {
                    BigDecimal energy = BigDecimal.valueOf(value).scaleByPowerOfTen(intervals.scale);
                    // Two pieces of one version are a conflict, in which the greater value is kept.
                    winner = winner != null && version.equals(piece.version()) ? winner.max(energy) : energy;
                    version = piece.version();
                }
            }
            sum = winner == null ? sum : sum.add(winner);
        }
        return sum;
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
