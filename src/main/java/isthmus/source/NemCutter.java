package isthmus.source;

import isthmus.catalog.Column;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a piece of the lines of one meter-day, or of one accumulation reading, or says why it cannot. */
final class NemCutter {
    private static final Pattern QUALITY = Pattern.compile("[AEFNSV][0-9]{0,2}");
    private static final int MINUTES = 24 * 60;
    private static final int BEHIND = 5;

    private final Layout layout;
    private final CharsetDecoder decoder;
    private final @Nullable Layout values;

    NemCutter(Layout layout, Charset charset) {
        this.layout = layout;
        values = layout.child("values");
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Why lines cannot be cut; nothing of it leaves the reader. */
    private static final class Odd extends Exception {
        private final Reason reason;

        Odd(Reason reason, String hint) {
            super(hint);
            this.reason = reason;
        }
    }

    /**
     * The piece of one record.
     *
     * @param channel the 200 record that it belongs to; null for a 250 record
     * @param lines the 300 record with what follows it, or the one 250 record
     */
    Piece piece(byte @Nullable [] channel, List<byte[]> lines, long ordinal, String locator, Supplier<byte[]> bytes) {
        @Nullable String[] row = new String[layout.columns().size()];
        List<List<@Nullable String[]>> children = new ArrayList<>();
        layout.childNames().forEach(child -> children.add(new ArrayList<>()));
        try {
            String[] first = fields(lines.get(0));
            if (first[0].equals("250")) {
                fill(row, Column.Names.NEM_READING, first, 1);
            } else if (first[0].equals("300")) {
                day(row, children, channel, first, lines);
            } else {
                throw new Odd(Reason.FILE_FORM, "a line that is no record of the format");
            }
            return new Piece(row, children, ordinal, locator, bytes, null);
        } catch (Odd odd) {
            var refusal = new Outcome.Rejected(odd.reason, null, String.valueOf(odd.getMessage()));
            return new Piece(row, children, ordinal, locator, bytes, refusal);
        }
    }

    /** The piece of a record with a line, or with more lines, than any day needs. */
    Piece tooLong(long ordinal, String locator, Supplier<byte[]> bytes) {
        var refusal = new Outcome.Rejected(Reason.LINE_LENGTH, null, "expected at most " + Lines.MAX_LENGTH + " bytes");
        return new Piece(new String[layout.columns().size()], List.of(), ordinal, locator, bytes, refusal);
    }

    private void day(
            @Nullable String[] row,
            List<List<@Nullable String[]>> children,
            byte @Nullable [] channel,
            String[] day,
            List<byte[]> lines)
            throws Odd {
        if (channel == null) {
            throw new Odd(Reason.FILE_FORM, "a 300 record before any 200 record");
        }
        String[] head = fields(channel);
        fill(row, Column.Names.NEM_CHANNEL, head, 1);
        int count = count(head.length > 8 ? head[8].strip() : "");
        int quality = 2 + count;
        if (day.length <= quality
                || day.length > quality + BEHIND + 1
                || !QUALITY.matcher(day[quality]).matches()) {
            String hint = "expected " + count + " values and their quality, got " + (day.length - 2) + " fields";
            throw new Odd(Reason.FIELD_COUNT, hint);
        }
        String[] around = new String[1 + day.length - quality];
        around[0] = day[1];
        System.arraycopy(day, quality, around, 1, day.length - quality);
        fill(row, Column.Names.NEM_DAY, around, 0);
        String[][] ranges = ranges(day[quality], around.length > 2 ? around[2] : "", count, lines);
        int child = layout.childIndexOf("values");
        for (int i = 0; values != null && i < count; i++) {
            String[] flag = ranges[i];
            @Nullable String[] cells = new String[values.columns().size()];
            String method = flag[0].length() > 1 ? flag[0] : "";
            fill(cells, values, Column.Names.NEM_VALUES, new String[] {
                "" + (i + 1), day[2 + i], flag[0].substring(0, 1), method, flag[1]
            });
            children.get(child).add(cells);
        }
    }

    private static int count(String minutes) throws Odd {
        int length = minutes.matches("[0-9]{1,2}") ? Integer.parseInt(minutes) : 0;
        if (length == 0 || MINUTES % length != 0) {
            throw new Odd(Reason.FILE_FORM, "the 200 record's interval length is no part of a day");
        }
        return MINUTES / length;
    }

    /** Quality and reason of each interval: the day's own, or that of its 400 records where it varies. */
    private String[][] ranges(String quality, String reason, int count, List<byte[]> lines) throws Odd {
        String[][] flags = new String[count][];
        if (!quality.startsWith("V")) {
            java.util.Arrays.fill(flags, new String[] {quality, reason});
        }
        for (byte[] line : lines.subList(1, lines.size())) {
            String[] range = fields(line);
            if (!range[0].equals("400")) {
                throw new Odd(Reason.FILE_FORM, "a line that is no record of the format");
            }
            int from = range.length > 3 ? number(range[1]) : 0;
            int to = range.length > 3 ? number(range[2]) : 0;
            if (from < 1
                    || to < from
                    || to > count
                    || !QUALITY.matcher(range[3]).matches()) {
                throw new Odd(Reason.FILE_FORM, "a 400 record that does not fit its day of " + count + " intervals");
            }
            String because = range.length > 4 ? range[4] : "";
            java.util.Arrays.fill(flags, from - 1, to, new String[] {range[3], because});
        }
        for (String[] flag : flags) {
            if (flag == null) {
                throw new Odd(Reason.FILE_FORM, "quality V, and 400 records that leave intervals out");
            }
        }
        return flags;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    private String[] fields(byte[] line) throws Odd {
        try {
            return decoder.decode(ByteBuffer.wrap(line)).toString().split(",", -1);
        } catch (CharacterCodingException fault) {
            throw new Odd(Reason.CHARSET, "expected " + decoder.charset());
        }
    }

    private void fill(@Nullable String[] row, List<String> names, String[] fields, int from) {
        fill(row, layout, names, from == 0 ? fields : java.util.Arrays.copyOfRange(fields, from, fields.length));
    }

    private static void fill(@Nullable String[] row, Layout layout, List<String> names, String[] fields) {
        for (int i = 0; i < Math.min(names.size(), fields.length); i++) {
            int column = layout.indexOf(names.get(i));
            if (column >= 0) {
                row[column] = fields[i];
            }
        }
    }
}
