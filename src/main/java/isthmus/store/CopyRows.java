package isthmus.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by COPY in binary form, at most a few buffers in memory. The server takes each value as it
 * is, so every column must be written by the method of its own type.
 */
final class CopyRows implements AutoCloseable {
    private static final int FLUSH = 1 << 18;
    /** The signature of the form, no flags, no extension. */
    private static final byte[] HEAD = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int NULL = -1;
    /** The server's number of the type. */
    private static final int BIGINT = 20;

    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;
    private static final BigInteger GROUP = BigInteger.valueOf(10_000);

    private final CopyIn copy;
    private byte[] buffer = new byte[1 << 14];
    private int size;
    private int row = NULL;
    private int fields;

    /** @param into table with its column list */
    CopyRows(Connection connection, String into) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin (format binary)");
        System.arraycopy(HEAD, 0, buffer, 0, HEAD.length);
        size = HEAD.length;
    }

    /** A column of type text; a NUL, which PostgreSQL cannot hold, becomes a question mark. */
    CopyRows text(@Nullable String value) {
        field();
        if (value == null) {
            return int4(NULL);
        }
        int length = value.length();
        ensure(4 + length * 3);
        int at = size;
        size += 4;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                byte[] rest = value.substring(i).replace('\0', '?').getBytes(StandardCharsets.UTF_8);
                System.arraycopy(rest, 0, buffer, size, rest.length);
                size += rest.length;
                break;
            }
            buffer[size++] = (byte) (c == 0 ? '?' : c);
        }
        return patch(at);
    }

    /** A column of type text or json, as UTF-8 that holds no NUL. */
    CopyRows utf8(byte[] value) {
        return bytes(value);
    }

    /** A column of type bytea. */
    CopyRows bytes(byte[] value) {
        field();
        int4(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    CopyRows flag(boolean value) {
        field();
        int4(1);
        ensure(1);
        buffer[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    /** A column of type int. */
    CopyRows number(int value) {
        field();
        return int4(4).int4(value);
    }

    /** A column of type bigint. */
    CopyRows number(long value) {
        field();
        return int4(8).int8(value);
    }

    /** A column of type bigint. */
    CopyRows number(@Nullable Long value) {
        if (value != null) {
            return number(value.longValue());
        }
        field();
        return int4(NULL);
    }

    /** A column of type bigint[]: one dimension, counted from 1, no nulls. */
    CopyRows numbers(long @Nullable [] values) {
        field();
        if (values == null) {
            return int4(NULL);
        }
        int4(20 + values.length * 12).int4(1).int4(0).int4(BIGINT);
        int4(values.length).int4(1);
        for (long value : values) {
            int4(8).int8(value);
        }
        return this;
    }

    /** A column of type numeric: groups of four decimal digits, as many before the point as the weight says. */
    CopyRows number(@Nullable BigDecimal value) {
        field();
        if (value == null) {
            return int4(NULL);
        }
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int scale = plain.scale();
        int behind = (scale + 3) / 4;
        BigInteger rest = plain.unscaledValue().abs().multiply(BigInteger.TEN.pow(behind * 4 - scale));
        short[] groups = new short[rest.bitLength() / 13 + 1];
        int count = 0;
        while (rest.signum() != 0) {
            BigInteger[] parts = rest.divideAndRemainder(GROUP);
            groups[count++] = parts[1].shortValue();
            rest = parts[0];
        }
        int4(8 + 2 * count);
        int2(count)
                .int2(count - behind - 1)
                .int2(plain.signum() < 0 ? 0x4000 : 0)
                .int2(scale);
        for (int i = count - 1; i >= 0; i--) {
            int2(groups[i]);
        }
        return this;
    }

    /** A column of type uuid, given as 32 hexadecimal digits. */
    CopyRows uuid(String hex) {
        field();
        return int4(16).int8(Long.parseUnsignedLong(hex, 0, 16, 16)).int8(Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    CopyRows date(@Nullable LocalDate value) {
        field();
        return value == null ? int4(NULL) : int4(4).int4(Math.toIntExact(value.toEpochDay() - EPOCH_DAY));
    }

    /** A column of type timestamptz, to the microsecond. */
    CopyRows time(@Nullable Instant value) {
        field();
        return value == null ? int4(NULL) : micros(value.getEpochSecond(), value.getNano());
    }

    CopyRows time(OffsetDateTime value) {
        field();
        return micros(value.toEpochSecond(), value.getNano());
    }

    private CopyRows micros(long second, int nano) {
        return int4(8).int8((second - EPOCH_SECOND) * 1_000_000 + nano / 1_000);
    }

    void end() throws SQLException {
        buffer[row] = (byte) (fields >> 8);
        buffer[row + 1] = (byte) fields;
        row = NULL;
        if (size >= FLUSH) {
            flush();
        }
    }

    /** Hands the last rows over and returns how many there were in all. */
    long finish() throws SQLException {
        int2(NULL);
        flush();
        return copy.endCopy();
    }

    /** Calls the copy off if it was not finished. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer, 0, size);
        size = 0;
    }

    /** Begins a field, and the row whose first it is; how many there are is written at its end. */
    private void field() {
        if (row == NULL) {
            row = size;
            fields = 0;
            int2(0);
        }
        fields++;
    }

    /** Writes the length of what was written since, into the four bytes left for it. */
    private CopyRows patch(int at) {
        int length = size - at - 4;
        buffer[at] = (byte) (length >> 24);
        buffer[at + 1] = (byte) (length >> 16);
        buffer[at + 2] = (byte) (length >> 8);
        buffer[at + 3] = (byte) length;
        return this;
    }

    private CopyRows int2(int value) {
        ensure(2);
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    private CopyRows int4(int value) {
        return int2(value >> 16).int2(value);
    }

    private CopyRows int8(long value) {
        return int4((int) (value >> 32)).int4((int) value);
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
