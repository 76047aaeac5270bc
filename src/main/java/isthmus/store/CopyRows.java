package isthmus.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table by COPY in text form, at most a few buffers in memory. */
final class CopyRows implements AutoCloseable {
    private static final int FLUSH = 1 << 18;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final CopyIn copy;
    private byte[] buffer = new byte[1 << 14];
    private int size;
    private boolean started;
    private @Nullable OffsetDateTime lastTime;
    private String lastTimeText = "";

    /** @param into table with its column list */
    CopyRows(Connection connection, String into) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + into + " from stdin");
    }

    CopyRows text(@Nullable String value) {
        begin();
        if (value == null) {
            return raw("\\N");
        }
        ensure(value.length() * 6);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                put((byte) (c == 0 ? '?' : c));
            } else if (Character.isHighSurrogate(c) && i + 1 < value.length()) {
                wide(value.substring(i, i + 2));
                i++;
            } else {
                wide(value.substring(i, i + 1));
            }
        }
        return this;
    }

    /** UTF-8 bytes that hold no NUL, such as JSON. */
    CopyRows utf8(byte[] value) {
        begin();
        ensure(value.length * 2);
        for (byte b : value) {
            put(b);
        }
        return this;
    }

    CopyRows bytes(byte[] value) {
        begin();
        ensure(value.length * 2 + 3);
        buffer[size++] = '\\';
        buffer[size++] = '\\';
        buffer[size++] = 'x';
        for (byte b : value) {
            buffer[size++] = HEX[(b >> 4) & 15];
            buffer[size++] = HEX[b & 15];
        }
        return this;
    }

    CopyRows plain(@Nullable Object value) {
        begin();
        return raw(value == null ? "\\N" : value.toString());
    }

    CopyRows number(@Nullable BigDecimal value) {
        begin();
        return raw(value == null ? "\\N" : value.toPlainString());
    }

    CopyRows time(OffsetDateTime value) {
        if (!value.equals(lastTime)) {
            lastTime = value;
            lastTimeText = value.toString();
        }
        begin();
        return raw(lastTimeText);
    }

    void end() throws SQLException {
        ensure(1);
        buffer[size++] = '\n';
        started = false;
        if (size >= FLUSH) {
            copy.writeToCopy(buffer, 0, size);
            size = 0;
        }
    }

    /** Hands the last rows over and returns how many there were in all. */
    long finish() throws SQLException {
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

    private void begin() {
        if (started) {
            ensure(1);
            buffer[size++] = '\t';
        }
        started = true;
    }

    private CopyRows raw(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            buffer[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    private void wide(String character) {
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            buffer[size++] = b;
        }
    }

    private void put(byte b) {
        switch (b) {
            case '\\' -> escaped('\\');
            case '\n' -> escaped('n');
            case '\r' -> escaped('r');
            case '\t' -> escaped('t');
            default -> buffer[size++] = b;
        }
    }

    private void escaped(char c) {
        buffer[size++] = '\\';
        buffer[size++] = (byte) c;
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
