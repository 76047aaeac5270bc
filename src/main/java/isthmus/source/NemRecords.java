package isthmus.source;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Walks the record types of a meter data file: 100, then 200 with its 300, 400 and 500, or 250 with its 550, then 900. */
final class NemRecords implements Records {
    /** A day of five-minute values with a quality range each is far below this. */
    private static final int MOST_BYTES = 1 << 18;

    private final InputStream in;
    private final Lines lines;
    private final NemCutter cutter;
    private final String version;
    private final String name;
    private final long done;
    private final List<byte[]> current = new ArrayList<>();
    private byte @Nullable [] channel;
    private @Nullable String header;
    private long ordinal;
    private boolean hasLine;
    private boolean ended;
    private boolean headless;
    private boolean tooMuch;

    NemRecords(InputStream in, NemCutter cutter, String version, String name, long done) {
        this.in = in;
        this.lines = new Lines(in);
        this.cutter = cutter;
        this.version = version;
        this.name = name;
        this.done = done;
    }

    /** Reads the 100 record; a file that begins with its data is read all the same, and told. */
    void requireHeader() throws Refused, IOException {
        next();
        if (hasLine && (is("200") || is("250"))) {
            headless = true;
        } else if (!hasLine || !is("100") || !text().startsWith("100," + version + ",")) {
            throw new Refused(Reason.FILE_HEADER, "the first record is not 100," + version);
        }
    }

    private void next() throws IOException {
        do {
            hasLine = lines.advance();
        } while (hasLine && lines.length() == 0);
    }

    @Override
    public boolean advance() throws IOException {
        current.clear();
        if (lines.number() == 0) {
            next();
        }
        while (hasLine && !ended) {
            if (is("100") && header == null && channel == null) {
                header = text();
            } else if (is("900")) {
                ended = true;
            } else if (is("200")) {
                channel = line();
            } else if (!is("500") && !is("550")) {
                gather();
                if (ordinal > done) {
                    return true;
                }
                current.clear();
                continue;
            }
            next();
        }
        return false;
    }

    /** Takes the current line and all that belong to it: its quality ranges, and whatever is no record of the format. */
    private void gather() throws IOException {
        ordinal = lines.number();
        tooMuch = false;
        int size = 0;
        do {
            size += lines.length();
            tooMuch |= lines.isTooLong() || size > MOST_BYTES;
            if (!is("500") && !is("550") && (current.isEmpty() || !tooMuch)) {
                current.add(line());
            }
            next();
        } while (hasLine && !is("200") && !is("250") && !is("300") && !is("900"));
    }

    void dropCurrent() {
        current.clear();
    }

    /** What the file says of itself, now that it was read to its end. */
    Format.Sound sound(ZoneId zone) throws Refused, IOException {
        if (!ended) {
            throw new Refused(Reason.FILE_SHORT, "the last record is not 900");
        }
        if (hasLine) {
            throw new Refused(Reason.FILE_FORM, "something follows the 900 record");
        }
        List<Reason> notes = headless ? List.of(Reason.HEADER_MISSING) : List.of();
        return new Format.Sound(headless ? null : businessTime(zone), lines.number(), notes);
    }

    private OffsetDateTime businessTime(ZoneId zone) throws Refused {
        String[] fields = String.valueOf(header).split(",", -1);
        try {
            return LocalDateTime.parse(
                            fields.length > 2 ? fields[2].strip() : "",
                            DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT))
                    .atZone(zone)
                    .toOffsetDateTime();
        } catch (DateTimeException fault) {
            throw new Refused(Reason.FILE_HEADER, "field 3 of the 100 record is not a time");
        }
    }

    private boolean is(String type) {
        return lines.startsWith(type.getBytes(StandardCharsets.US_ASCII))
                && (lines.length() == 3 || lines.buffer()[lines.start() + 3] == ',');
    }

    private byte[] line() {
        return Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length());
    }

    private String text() {
        return new String(line(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public long ordinal() {
        return ordinal;
    }

    @Override
    public Piece piece(Slices slices) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean isDay = !current.isEmpty() && current.get(0).length > 2 && current.get(0)[0] == '3';
        if (isDay && channel != null) {
            append(bytes, channel);
        }
        current.forEach(line -> append(bytes, line));
        byte[] all = bytes.toByteArray();
        var kept = slices.add(all, 0, all.length);
        return tooMuch
                ? cutter.tooLong(ordinal, name + ":" + ordinal, kept)
                : cutter.piece(channel, List.copyOf(current), ordinal, name + ":" + ordinal, kept);
    }

    private static void append(ByteArrayOutputStream bytes, byte[] line) {
        bytes.writeBytes(line);
        if (line.length > 0 && line[line.length - 1] == '\r') {
            // Its own, and not that of a line end, as which it would be read the next time.
            bytes.write('\r');
        }
        bytes.write('\n');
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
