package isthmus.normalize;

import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.catalog.FieldSpec.Presence;
import isthmus.catalog.MappingSpec;
import isthmus.model.Layout;
import isthmus.model.Reason;
import isthmus.normalize.Structures.Member;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Child rows of time or position, value and quality, read as the intervals of one local day. */
final class Points implements Steps {
    private static final long DAY = 86_400;
    private static final int MOST_ZEROS = 12;
    private static final byte[] ACTUAL = Bytes.of("actual");
    private static final byte[] MISSING = Bytes.of("missing");

    private final MappingSpec.Points spec;
    private final int child;
    private final int day;
    private final int interval;
    private final int power;
    private final int[] units;
    private final PointPlaces places;
    private final int value;
    private final int quality;
    private final int method;
    private final Map<String, byte[]> qualities = new HashMap<>();
    private final Map<String, byte[]> methods = new HashMap<>();

    Points(MappingSpec.Points spec, Layout layout) {
        this.spec = spec;
        Layout row = Objects.requireNonNull(layout.child(spec.rows()));
        child = layout.childIndexOf(spec.rows());
        day = layout.indexOf(spec.day());
        interval = at(layout, spec.interval().column());
        power = at(layout, spec.power());
        units = spec.units().isEmpty()
                ? new int[0]
                : spec.unit().stream().mapToInt(layout::indexOf).toArray();
        places = new PointPlaces(spec, row);
        value = row.indexOf(spec.value());
        quality = at(row, spec.quality());
        method = at(row, spec.method());
        fill(qualities, spec.qualities());
        fill(methods, spec.methods());
    }

    private static int at(Layout layout, @Nullable String column) {
        return column == null ? -1 : layout.indexOf(column);
    }

    private static void fill(Map<String, byte[]> words, @Nullable CodeTable table) {
        if (table != null) {
            table.values().forEach((code, word) -> words.put(code, Bytes.of(word)));
        }
    }

    @Override
    public void read(@Nullable String[] row, Desk desk) {
        int date = Times.day(row[day], desk, Place.of("/localDate", spec.day()));
        if (date <= 0) {
            throw Place.of("/localDate", spec.day()).refuse(Reason.FIELD_MISSING, desk);
        }
        CurveDay curve = desk.curve;
        curve.open(date, desk.zone().zone(), interval(row, desk));
        int expected = curve.shape().expected();
        desk.points.open(expected);
        desk.points.unit = unit(row, desk);
        int exponent = desk.points.unit.shift() + power(row, desk) - spec.scale();
        List<@Nullable String[]> rows = desk.piece().children().get(child);
        int[] at = places.of(rows, expected, desk);
        for (int i = 0; i < at.length; i++) {
            take(rows.get(i), at[i], exponent, desk);
        }
        Curve.findings(curve, expected, desk);
    }

    private Duration interval(@Nullable String[] row, Desk desk) {
        Duration length = spec.interval().fixed();
        Place place = Place.of("/intervalLength", String.valueOf(spec.interval().column()));
        if (length == null) {
            length = duration(Structures.trimmed(row[interval]));
        }
        if (length == null || length.toSeconds() < 60 || DAY % length.toSeconds() != 0 || length.toHours() > 12) {
            throw place.refuse(Reason.PERIOD_INVALID, desk);
        }
        return length;
    }

    private @Nullable Duration duration(String text) {
        try {
            return switch (spec.interval().form()) {
                case "minutes" -> Duration.ofMinutes(Integer.parseInt(text));
                case "seconds" -> Duration.ofSeconds(Integer.parseInt(text));
                default -> Duration.parse(text);
            };
        } catch (DateTimeException | NumberFormatException fault) {
            return null;
        }
    }

    private Unit unit(@Nullable String[] row, Desk desk) {
        Unit unit = spec.units().isEmpty() ? Unit.named(spec.unit().get(0)) : null;
        for (int i = 0; i < units.length; i++) {
            String code = Structures.trimmed(row[units[i]]);
            if (!code.isEmpty()) {
                unit = Unit.named(spec.units().get(i).values().get(code));
                break;
            }
        }
        if (unit == null) {
            throw Place.of("/unit", String.join(", ", spec.unit())).refuse(Reason.SCHEMA, desk);
        }
        if (unit.shift() != 0) {
            desk.flag(Reason.UNIT_CONVERTED, "/unit");
        }
        return unit;
    }

    private int power(@Nullable String[] row, Desk desk) {
        String text = power < 0 ? "" : Structures.trimmed(row[power]);
        if (!text.matches("-?[0-9]?|-?1[0-2]")) {
            throw Place.column(String.valueOf(spec.power())).refuse(Reason.NUMBER_RANGE, desk);
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private void take(@Nullable String[] point, int index, int exponent, Desk desk) {
        CurveDay curve = desk.curve;
        byte[] flag = flag(point, index, desk);
        Decimal number = desk.numbers[0];
        Reason fault = number.read(withZero(point[value]));
        if (fault == null && number.present() && flag != MISSING) {
            number.cut(0);
            int zeros = exponent - number.places();
            long scaled = zeros < 0 || zeros > MOST_ZEROS || number.whole() + exponent > 18
                    ? Long.MAX_VALUE
                    : number.unscaled() * tens(zeros);
            if (scaled > Curve.LARGEST || scaled < -Curve.LARGEST) {
                fault = Reason.NUMBER_RANGE;
            } else {
                curve.values[index] = scaled;
                curve.given[index] = true;
                curve.received++;
                curve.sum += scaled;
            }
        }
        if (fault != null) {
            throw Place.of("/values/" + index, spec.value()).refuse(fault, desk);
        }
        if (curve.given[index] && curve.values[index] < 0) {
            desk.flag(Reason.VEE_NEG, "/values/" + index);
        }
    }

    // Meter files write .005; elsewhere a number that begins with its point is more likely a damaged one.
    private static @Nullable String withZero(@Nullable String text) {
        return text != null && !text.isEmpty() && text.charAt(0) == '.' ? "0" + text : text;
    }

    private static long tens(int zeros) {
        long power = 1;
        for (int i = 0; i < zeros; i++) {
            power *= 10;
        }
        return power;
    }

    /** The interval's quality, noted when it is not actual; a code that nobody knows counts as questionable. */
    private byte[] flag(@Nullable String[] point, int index, Desk desk) {
        String code = quality < 0 ? "" : Structures.trimmed(point[quality]);
        byte[] word = code.isEmpty() ? ACTUAL : qualities.get(code);
        if (word == null) {
            desk.flag(Reason.CODE_UNKNOWN, "/quality");
            word = Bytes.of("questionable");
        }
        if (java.util.Arrays.equals(word, ACTUAL)) {
            return ACTUAL;
        }
        if (java.util.Arrays.equals(word, MISSING)) {
            return MISSING;
        }
        desk.points.flags[index] = word;
        String how = method < 0 ? "" : Structures.trimmed(point[method]);
        if (!how.isEmpty()) {
            desk.points.methods[index] = methods.getOrDefault(how, PointDay.NONE);
            if (!methods.containsKey(how)) {
                desk.flag(Reason.CODE_UNKNOWN, "/quality");
            }
        }
        return word;
    }

    @Override
    public List<Member> members(int sumSlot) {
        Map<String, Value> fields = new HashMap<>();
        fields.put("defaultQuality", Structures.constant(Bytes.of("\"actual\"")));
        fields.put("end", (row, desk) -> Curve.add(desk.curve.shape().end(), desk));
        fields.put("expected", (row, desk) -> Curve.integer(desk.curve.shape().expected(), desk));
        fields.put("intervalLength", (row, desk) -> {
            desk.out.quoted(desk.curve.shape().interval().toString());
            return true;
        });
        fields.put("localDate", (row, desk) -> {
            desk.out.add('"');
            Days.write(desk.curve.shape().day(), desk.out);
            desk.out.add('"');
            return true;
        });
        fields.put("quality", (row, desk) -> PointRuns.write(desk));
        fields.put("received", (row, desk) -> Curve.integer(desk.curve.received, desk));
        fields.put("scale", Structures.constant(Bytes.of(String.valueOf(spec.scale()))));
        fields.put("start", (row, desk) -> Curve.add(desk.curve.shape().start(), desk));
        fields.put("sum", (row, desk) -> sum(desk, desk.numbers[sumSlot]));
        fields.put("ucum", (row, desk) -> Curve.add(desk.points.unit.ucum(), desk));
        fields.put("unit", (row, desk) -> Curve.add(desk.points.unit.canonical(), desk));
        fields.put("values", (row, desk) -> Curve.values(desk.curve, desk.out));
        List<Member> members = new ArrayList<>();
        fields.forEach((name, write) ->
                members.add(new Member(name, Presence.NULLABLE, false, Place.of("/" + name, ""), write)));
        return members;
    }

    /** The exact sum of what can be added up; only active energy stays on the desk for the night. */
    private boolean sum(Desk desk, Decimal number) {
        Unit unit = desk.points.unit;
        if (!unit.isEnergy()) {
            return false;
        }
        number.set(desk.curve.sum, -spec.scale());
        number.cut(2);
        number.pad(2);
        if (number.whole() > Curve.WHOLE) {
            throw Place.of("/sum", "").refuse(Reason.NUMBER_RANGE, desk);
        }
        desk.out.add('"');
        number.write(desk.out);
        desk.out.add('"');
        if (!unit.isActive()) {
            number.clear();
        }
        return true;
    }
}
