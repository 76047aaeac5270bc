package isthmus.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by COPY in binary form, at most a few buffers in memory. Every column is said by the method
 * of its type: the server takes the bytes as they are.
 */
final class CopyRows implements AutoCloseable {
    private static final int FLUSH = 1 << 18;
    private static final int NULL = -1;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long EPOCH_SECOND = 946_684_800;
    private static final long EPOCH_DAY = 10_957;
    private static final int NEGATIVE = 0x4000;
    private static final int BASE_DIGITS = 4;

    private final CopyIn copy;
    private byte[] buffer = new byte[1 << 15];
    private int size;
    private int rowStart = NULL;
    private int fields;

    /** @param into table with its column list */
    CopyRows(Connection connection, String into) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin (format binary)");
        append(HEADER);
    }

    /** A text or json column; a NUL, which PostgreSQL cannot hold, becomes a question mark. */
    CopyRows text(@Nullable String value) {
        return value == null ? none() : utf8(Transaction.clean(value).getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-8 bytes that hold no NUL, such as JSON, for a text or json column. */
    CopyRows utf8(byte[] value) {
        field(value.length);
        append(value);
        return this;
    }

    CopyRows bool(boolean value) {
        field(1);
        buffer[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    CopyRows integer(int value) {
        field(4);
        int32(value);
        return this;
    }

    CopyRows bigint(long value) {
        field(8);
        int64(value);
        return this;
    }

    /** @param hex 32 hex digits, without hyphens */
    CopyRows uuid(String hex) {
        field(16);
        int64(HexFormat.fromHexDigitsToLong(hex, 0, 16));
        int64(HexFormat.fromHexDigitsToLong(hex, 16, 32));
        return this;
    }

    CopyRows date(@Nullable LocalDate value) {
        return value == null ? none() : integer(Math.toIntExact(value.toEpochDay() - EPOCH_DAY));
    }

    /** A timestamptz column, to the microsecond. */
    CopyRows time(@Nullable Instant value) {
        return value == null ? none() : time(value.getEpochSecond(), value.getNano());
    }

    CopyRows time(long epochSecond, int nano) {
        return bigint((epochSecond - EPOCH_SECOND) * 1_000_000 + nano / 1_000);
    }

    /** A numeric column: digits to the base of 10,000, as many as there are on both sides of the point. */
    CopyRows number(@Nullable BigDecimal value) {
        if (value == null) {
            return none();
        }
        int places = Math.max(0, value.scale());
        String plain = value.abs().toPlainString();
        int point = places == 0 ? plain.length() : plain.length() - places - 1;
        int lead = (BASE_DIGITS - point % BASE_DIGITS) % BASE_DIGITS;
        int before = (point + lead) / BASE_DIGITS;
        int behind = (places + BASE_DIGITS - 1) / BASE_DIGITS;
        field(8 + 2 * (before + behind));
        int16(before + behind);
        int16(before - 1);
        int16(value.signum() < 0 ? NEGATIVE : 0);
        int16(places);
        for (int i = 0; i < before; i++) {
            int16(digit(plain, i * BASE_DIGITS - lead, point));
        }
        for (int i = 0; i < behind; i++) {
            int16(digit(plain, point + 1 + i * BASE_DIGITS, plain.length()));
        }
        return this;
    }

    /** Four decimal digits from a place on; outside of the number there are zeros. */
    private static int digit(String plain, int from, int end) {
        int digit = 0;
        for (int i = from; i < from + BASE_DIGITS; i++) {
            digit = digit * 10 + (i >= 0 && i < end ? plain.charAt(i) - '0' : 0);
        }
        return digit;
    }

    void end() throws SQLException {
        buffer[rowStart] = (byte) (fields >> 8);
        buffer[rowStart + 1] = (byte) fields;
        rowStart = NULL;
        if (size >= FLUSH) {
            copy.writeToCopy(buffer, 0, size);
            size = 0;
        }
    }

    /** Hands the last rows over and returns how many there were in all. */
    long finish() throws SQLException {
        ensure(2);
        int16(NULL);
        copy.writeToCopy(buffer, 0, size);
        size = 0;
        return copy.endCopy();
    }

    /** Calls the copy off if it was not finished. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private CopyRows none() {
        field(NULL);
        return this;
    }

    private void field(int length) {
        ensure(6 + Math.max(0, length));
        if (rowStart < 0) {
            rowStart = size;
            size += 2;
            fields = 0;
        }
        fields++;
        int32(length);
    }

    private void append(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void int16(int value) {
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >> 16);
        int16(value);
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
