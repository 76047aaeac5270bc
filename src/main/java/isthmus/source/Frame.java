package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the detail lines of a file, as the settings {@code header}, {@code trailer} and {@code control} say.
 *
 * <p>{@code header: H,title,KIND,date,time}: literal fields, with {@code date} for yyyyMMdd and {@code time} for the
 * business time yyyyMMddHHmmss; or {@code header: columns} for a first line of column names. {@code trailer: T,count,sum}.
 */
final class Frame {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final Charset charset;
    private final ZoneId zone;
    private final char delimiter;
    private final @Nullable String header;
    private final List<String> columns;
    private final boolean isOfNames;
    private final @Nullable String trailer;
    private final int control;
    private final boolean isJoined;

    Frame(Pull pull, Charset charset, ZoneId zone) {
        this.charset = charset;
        this.zone = zone;
        delimiter = delimiter(pull);
        String told = pull.settings().get("header");
        columns = pull.layout().columns();
        isOfNames = "columns".equals(told);
        header = isOfNames ? columns.stream().collect(Collectors.joining(String.valueOf(delimiter))) : told;
        trailer = pull.settings().get("trailer");
        isJoined = isJoined(pull);
        String column = pull.settings().get("control");
        int shift = pull.settings().containsKey("detail") ? 1 : 0;
        control = column == null ? -1 : pull.layout().indexOf(column) + shift;
    }

    /** Whether a field between quotes may hold line ends. */
    static boolean isJoined(Pull pull) {
        return "true".equals(pull.settings().get("multiline"));
    }

    static char delimiter(Pull pull) {
        return pull.settings().getOrDefault("delimiter", ",").charAt(0);
    }

    /** The first line that can be a detail line. */
    long firstDetail() {
        return header == null ? 1 : 2;
    }

    /** The last line that can be one, in a file of that many lines. */
    long lastDetail(long lines) {
        return trailer == null ? lines : lines - 1;
    }

    /** Reads the whole file once and refuses it unless header, trailer, count and sum agree. */
    Format.Sound check(Path file) throws Refused, IOException {
        byte[] mark = trailer == null ? new byte[0] : bytes(trailer.substring(0, trailer.indexOf(delimiter) + 1));
        ControlSum sum = new ControlSum(control, delimiter);
        @Nullable OffsetDateTime businessTime = null;
        List<String> names = List.of();
        long details = 0;
        @Nullable String candidate = null;
        try (InputStream in = Files.newInputStream(file)) {
            Lines lines = new Lines(in, charset, isJoined);
            if (isOfNames) {
                names = readNames(fields(lines));
            } else if (header != null) {
                businessTime = readHeader(fields(lines));
            }
            while (lines.advance()) {
                if (candidate != null) {
                    // It looked like a trailer and was not the last line: a detail line like any other.
                    byte[] line = candidate.getBytes(StandardCharsets.ISO_8859_1);
                    sum.add(line, 0, line.length);
                    details++;
                    candidate = null;
                }
                if (trailer != null && lines.startsWith(mark)) {
                    candidate = new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.ISO_8859_1);
                } else {
                    sum.add(lines.buffer(), lines.start(), lines.length());
                    details++;
                }
            }
            if (trailer != null) {
                checkTrailer(candidate, details, sum.total());
            }
            return new Format.Sound(businessTime, lines.number(), List.of(), names);
        }
    }

    private List<byte[]> fields(Lines lines) throws Refused, IOException {
        if (!lines.advance() || lines.isTooLong()) {
            throw new Refused(Reason.FILE_HEADER, "the first line is not " + header);
        }
        return split(Arrays.copyOfRange(lines.buffer(), lines.start(), lines.start() + lines.length()));
    }

    /** Columns may come after those that are read: they move none of them. */
    private List<String> readNames(List<byte[]> fields) throws Refused {
        List<String> names =
                fields.stream().map(field -> new String(field, charset)).toList();
        for (int i = 0; i < columns.size(); i++) {
            if (i == names.size() || !names.get(i).equals(columns.get(i))) {
                boolean isKin = names.stream().anyMatch(columns::contains);
                String hint = "field " + (i + 1) + " of the first line is not " + columns.get(i) + " in " + charset;
                throw new Refused(Reason.FILE_HEADER, hint, isKin ? names : List.of());
            }
        }
        return names;
    }

    private @Nullable OffsetDateTime readHeader(List<byte[]> fields) throws Refused {
        String expected = String.valueOf(header);
        String[] wanted = expected.split(java.util.regex.Pattern.quote(String.valueOf(delimiter)), -1);
        if (fields.size() != wanted.length) {
            throw new Refused(Reason.FILE_HEADER, "the first line is not " + expected);
        }
        @Nullable OffsetDateTime businessTime = null;
        for (int i = 0; i < wanted.length; i++) {
            String ascii = new String(fields.get(i), StandardCharsets.ISO_8859_1);
            try {
                switch (wanted[i]) {
                    case "date" -> LocalDate.parse(ascii, DATE);
                    case "time" ->
                        businessTime =
                                LocalDateTime.parse(ascii, TIME).atZone(zone).toOffsetDateTime();
                    default -> requireLiteral(fields.get(i), wanted[i], i);
                }
            } catch (DateTimeException fault) {
                throw new Refused(Reason.FILE_HEADER, "field " + (i + 1) + " of the first line is not a " + wanted[i]);
            }
        }
        return businessTime;
    }

    private void requireLiteral(byte[] field, String wanted, int index) throws Refused {
        if (!Arrays.equals(field, bytes(wanted))) {
            String hint = "field " + (index + 1) + " of the first line is not " + wanted + " in " + charset;
            throw new Refused(Reason.FILE_HEADER, hint);
        }
    }

    private void checkTrailer(@Nullable String last, long details, BigDecimal sum) throws Refused {
        String[] fields = last == null ? new String[0] : last.split(java.util.regex.Pattern.quote("" + delimiter), -1);
        if (fields.length != 3) {
            throw new Refused(Reason.FILE_SHORT, "the last line is not " + trailer);
        }
        if (!fields[1].equals(Long.toString(details))) {
            throw new Refused(Reason.TRAILER_COUNT, "the file holds " + details + " detail lines");
        }
        boolean isNumber = fields[2].matches("-?[0-9]{1,40}(\\.[0-9]{1,20})?");
        if (!isNumber || new BigDecimal(fields[2]).compareTo(control < 0 ? BigDecimal.ZERO : sum) != 0) {
            throw new Refused(Reason.TRAILER_SUM, "the detail lines add up to " + sum.toPlainString());
        }
    }

    private List<byte[]> split(byte[] line) {
        List<byte[]> fields = new java.util.ArrayList<>();
        int from = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == (byte) delimiter) {
                fields.add(Arrays.copyOfRange(line, from, i));
                from = i + 1;
            }
        }
        return fields;
    }

    private byte[] bytes(String text) {
        return text.getBytes(charset);
    }
}
