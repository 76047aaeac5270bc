package isthmus.source;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deals a record's points out to the local days that they lie in, a piece for each day, as the settings say: {@code days}
 * is the child table of the points; {@code time} its column of the start, or {@code position} its column of the number from
 * 1, counted from {@code start} to {@code end} in steps of {@code interval}. A column at {@code =day} is filled with the day, a child
 * column at {@code =time} with the start, one at {@code =until} with the end that the column {@code until} tells.
 */
final class Days {
    private static final Pattern DAY = Pattern.compile("@[0-9]{4}-[0-9]{2}-[0-9]{2}$");

    private final ZoneId zone;
    private final Layout layout;
    private final Map<String, String> settings;
    private final int child;
    private final int day;
    private final int start;
    private final int end;
    private final int length;
    private final int time;
    private final int position;
    private final int until;
    private final int said;
    private final int ended;

    Days(Pull pull, ZoneId zone) {
        this.zone = zone;
        settings = pull.settings();
        layout = pull.layout();
        String points = settings.getOrDefault("days", "");
        child = layout.childIndexOf(points);
        day = special(pull.columns(), "=day");
        start = column(layout, "start");
        end = column(layout, "end");
        length = column(layout, "interval");
        Layout row = layout.child(points);
        time = column(row, "time");
        position = column(row, "position");
        until = column(row, "until");
        List<Column> cells = pull.children().getOrDefault(points, List.of());
        said = special(cells, "=time");
        ended = special(cells, "=until");
    }

    private int column(@Nullable Layout columns, String setting) {
        return columns == null ? -1 : columns.indexOf(settings.getOrDefault(setting, ""));
    }

    private static int special(List<Column> columns, String at) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).at().equals(at)) {
                return i;
            }
        }
        return -1;
    }

    /** False where the settings name no points. */
    boolean areDealt() {
        return child >= 0;
    }

    /** The records by days; the first {@code done} are passed over. */
    Records of(Records records, long done) {
        return new Dealt(records, done);
    }

    /** The piece that once was cut from the bytes: the one of the same day. */
    static Piece again(Records records, byte[] bytes, long ordinal, String locator) throws Refused, IOException {
        // A file's own name may hold the sign as well.
        Matcher dated = DAY.matcher(locator);
        String day = dated.find() ? dated.group() : "";
        while (records.advance()) {
            Piece piece = records.piece(new Slices());
            if (piece.locator().endsWith(day)) {
                return new Piece(piece.values(), piece.children(), ordinal, locator, () -> bytes, piece.refusal());
            }
        }
        var refusal = new Outcome.Rejected(Reason.SCHEMA, null, "expected the bytes of one record");
        return new Piece(new String[0], List.of(), ordinal, locator, () -> bytes, refusal);
    }

    private List<Piece> deal(Piece whole) {
        if (whole.refusal() != null) {
            return List.of(whole);
        }
        Map<LocalDate, List<@Nullable String[]>> dealt = new LinkedHashMap<>();
        Instant from = start < 0 ? null : Instants.parse(whole.values()[start], zone);
        Instant to = end < 0 ? null : Instants.parse(whole.values()[end], zone);
        for (@Nullable String[] row : whole.children().get(child)) {
            Instant at = time >= 0 ? Instants.parse(row[time], zone) : placed(whole, row, from);
            if (at == null) {
                String name = settings.getOrDefault(time >= 0 ? "time" : "position", "");
                return refused(whole, Reason.TIME_INVALID, name, "a point whose time cannot be told");
            }
            if (end >= 0 && (to == null || !at.isBefore(to))) {
                String name = settings.getOrDefault("end", "");
                return refused(whole, Reason.PERIOD_INVALID, name, "a point that lies not before the end");
            }
            if (said >= 0) {
                row[said] = Instants.say(at, zone);
            }
            Instant last = until < 0 || ended < 0 ? null : Instants.parse(row[until], zone);
            if (last != null) {
                row[ended] = Instants.say(last, zone);
            }
            dealt.computeIfAbsent(at.atZone(zone).toLocalDate(), missing -> new ArrayList<>())
                    .add(row);
        }
        if (dealt.isEmpty()) {
            return List.of(whole);
        }
        List<Piece> pieces = new ArrayList<>();
        dealt.forEach((date, rows) -> pieces.add(piece(whole, date, rows)));
        return pieces;
    }

    private static List<Piece> refused(Piece whole, Reason reason, String field, String hint) {
        var refusal = new Outcome.Rejected(reason, field, hint);
        return List.of(
                new Piece(whole.values(), whole.children(), whole.ordinal(), whole.locator(), whole.bytes(), refusal));
    }

    private @Nullable Instant placed(Piece whole, @Nullable String[] row, @Nullable Instant from) {
        String number = position < 0 || row[position] == null ? "" : row[position].strip();
        String step = length < 0 ? settings.getOrDefault("interval", "") : whole.values()[length];
        if (from == null || step == null || !number.matches("[0-9]{1,6}")) {
            return null;
        }
        try {
            return Instants.ofACalendar(
                    from.plus(Duration.parse(step.strip()).multipliedBy(Long.parseLong(number) - 1)));
        } catch (DateTimeException | ArithmeticException none) {
            return null;
        }
    }

    private Piece piece(Piece whole, LocalDate date, List<@Nullable String[]> rows) {
        @Nullable String[] values = whole.values().clone();
        if (day >= 0) {
            values[day] = date.toString();
        }
        List<List<@Nullable String[]>> children = new ArrayList<>(whole.children());
        children.set(child, rows);
        return new Piece(values, children, whole.ordinal(), whole.locator() + "@" + date, whole.bytes(), null);
    }

    /** Numbers the pieces anew: how far a file is done is told in days. */
    private final class Dealt implements Records {
        private final Records whole;
        private final long done;
        private List<Piece> today = List.of();
        private int next;
        private long ordinal;

        Dealt(Records whole, long done) {
            this.whole = whole;
            this.done = done;
        }

        @Override
        public boolean advance() throws Refused, IOException {
            do {
                next++;
                while (next >= today.size()) {
                    if (!whole.advance()) {
                        return false;
                    }
                    today = deal(whole.piece(new Slices()));
                    next = 0;
                }
                ordinal++;
            } while (ordinal <= done);
            return true;
        }

        @Override
        public long ordinal() {
            return ordinal;
        }

        @Override
        public Piece piece(Slices slices) {
            Piece piece = today.get(next);
            // Its bytes are those of all the record's days; they count once.
            var bytes = next == 0 ? piece.bytes().get() : new byte[0];
            slices.add(bytes, 0, bytes.length);
            return new Piece(
                    piece.values(), piece.children(), ordinal, piece.locator(), piece.bytes(), piece.refusal());
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }
}
