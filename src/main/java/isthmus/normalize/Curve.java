package isthmus.normalize;

import isthmus.catalog.FieldSpec.Presence;
import isthmus.catalog.MappingSpec;
import isthmus.model.Layout;
import isthmus.model.Reason;
import isthmus.normalize.Structures.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wide row of interval energies, read in one go and written as eleven fields of an interval block (model.md 5.5). */
final class Curve implements Steps {
    // So small that no sum of a day's values can overflow.
    static final long LARGEST = 9_000_000_000_000L;
    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    static final int WHOLE = 15;
    static final byte[] MISSING = Bytes.of("\"cim\":\"2.5.259\",\"flag\":\"missing\",\"n\":");
    private static final byte[] NULL = Bytes.of("null");

    private final MappingSpec.Curve spec;
    private final int date;
    private final int[] points;
    private final int shift;
    private final int places;
    private final @Nullable Long missing;
    private final int wholeFlag;
    private final int flag;
    private final Map<String, byte[]> flags = new HashMap<>();
    private final Place[] sources;

    Curve(MappingSpec.Curve spec, Layout layout) {
        this.spec = spec;
        this.date = layout.indexOf(spec.date());
        this.points = spec.points().stream().mapToInt(layout::indexOf).toArray();
        this.shift = (int) (spec.firstPoint().toSecondOfDay() / spec.interval().toSeconds());
        this.places = -spec.scale();
        this.wholeFlag = spec.wholeFlag() == null ? -1 : layout.indexOf(spec.wholeFlag());
        this.flag = spec.flag() == null ? -1 : layout.indexOf(spec.flag());
        if (spec.flags() != null) {
            spec.flags().values().forEach((code, value) -> flags.put(code, Bytes.of(value)));
        }
        this.sources = new Place[points.length];
        for (int i = 0; i < points.length; i++) {
            sources[i] = Place.of("/values/" + i, spec.points().get(i));
        }
        this.missing = missing(spec);
    }

    private @Nullable Long missing(MappingSpec.Curve spec) {
        Decimal number = new Decimal();
        if (number.read(spec.missing()) != null || !number.present()) {
            return null;
        }
        number.cut(0);
        return number.unscaled() * TENS[places - number.places()];
    }

    @Override
    public void read(@Nullable String[] row, Desk desk) {
        CurveDay curve = desk.curve;
        int day = Times.day(row[date], desk, Place.of("/localDate", spec.date()));
        if (day <= 0) {
            throw Place.of("/localDate", spec.date()).refuse(Reason.FIELD_MISSING, desk);
        }
        curve.open(day, desk.zone().zone(), spec.interval());
        int expected = curve.shape().expected();
        for (int i = 0; i < points.length; i++) {
            if (!value(row[points[i]], i, desk)) {
                continue;
            }
            int at = i + shift;
            if (at >= expected) {
                throw sources[i].refuse(Reason.SCHEMA, desk);
            }
            long value = curve.values[at] = scaled(desk.numbers[0]);
            curve.given[at] = true;
            curve.received++;
            curve.sum += value;
            if (value < 0) {
                desk.flag(Reason.VEE_NEG, "/values/" + at);
            }
        }
        wholeFlag(row, desk);
        flag(row, desk);
        findings(curve, expected, desk);
    }

    private boolean value(@Nullable String text, int point, Desk desk) {
        Decimal number = desk.numbers[0];
        Reason fault = number.read(text);
        if (fault == null && number.present()) {
            number.cut(0);
            fault = number.places() > places || number.whole() + places > 18 ? Reason.NUMBER_RANGE : null;
        }
        if (fault == null && number.present()) {
            long value = scaled(number);
            if (missing != null && missing == value) {
                return false;
            }
            fault = value > LARGEST || value < -LARGEST ? Reason.NUMBER_RANGE : null;
        }
        if (fault != null) {
            throw sources[point].refuse(fault, desk);
        }
        return number.present();
    }

    private long scaled(Decimal number) {
        return number.unscaled() * TENS[places - number.places()];
    }

    private void wholeFlag(@Nullable String[] row, Desk desk) {
        String whole = wholeFlag < 0 ? "" : Structures.trimmed(row[wholeFlag]);
        if (whole.isEmpty()) {
            return;
        }
        Place place = Place.column(String.valueOf(spec.wholeFlag()));
        if (whole.length() != points.length) {
            throw place.refuse(Reason.SCHEMA, desk);
        }
        int absent = 0;
        int contradicted = 0;
        for (int i = 0; i < points.length; i++) {
            if (whole.charAt(i) != spec.present()) {
                absent++;
                int at = i + shift;
                contradicted += at < desk.curve.shape().expected() && desk.curve.given[at] ? 1 : 0;
            }
        }
        if (contradicted * 2 > absent) {
            throw place.refuse(Reason.WHOLE_FLAG, desk);
        }
    }

    private void flag(@Nullable String[] row, Desk desk) {
        if (flag < 0) {
            return;
        }
        byte[] known = flags.get(Structures.trimmed(row[flag]));
        if (known == null) {
            desk.flag(Reason.CODE_UNKNOWN, "/quality");
        } else if (!new String(known, java.nio.charset.StandardCharsets.US_ASCII).equals("actual")) {
            desk.curve.flag = known;
            desk.curve.flagged = true;
        }
    }

    static void findings(CurveDay curve, int expected, Desk desk) {
        if (curve.received < expected) {
            int first = 0;
            while (curve.given[first]) {
                first++;
            }
            desk.flag(Reason.VEE_GAP, "/values/" + first);
        }
        if (curve.shape().endMilli() > desk.now + 600_000) {
            desk.flag(Reason.VEE_FUTURE, "/end");
        }
    }

    @Override
    public List<Member> members(int sumSlot) {
        Map<String, Value> fields = new HashMap<>();
        fields.put("defaultQuality", Structures.constant(Bytes.of("\"actual\"")));
        fields.put("end", (row, desk) -> add(desk.curve.shape().end(), desk));
        fields.put("expected", (row, desk) -> integer(desk.curve.shape().expected(), desk));
        fields.put("intervalLength", Structures.constant(Bytes.of("\"" + spec.interval() + "\"")));
        fields.put("localDate", (row, desk) -> {
            desk.out.add('"');
            Days.write(desk.curve.shape().day(), desk.out);
            desk.out.add('"');
            return true;
        });
        fields.put("quality", (row, desk) -> runs(desk.curve, desk.out));
        fields.put("received", (row, desk) -> integer(desk.curve.received, desk));
        fields.put("scale", Structures.constant(Bytes.of(String.valueOf(spec.scale()))));
        fields.put("start", (row, desk) -> add(desk.curve.shape().start(), desk));
        fields.put("sum", (row, desk) -> sum(desk, desk.numbers[sumSlot]));
        fields.put("values", (row, desk) -> values(desk.curve, desk.out));
        List<Member> members = new ArrayList<>();
        fields.forEach((name, value) ->
                members.add(new Member(name, Presence.REQUIRED, false, Place.of("/" + name, ""), value)));
        return members;
    }

    static boolean add(byte[] bytes, Desk desk) {
        desk.out.add(bytes);
        return true;
    }

    static boolean integer(int value, Desk desk) {
        desk.out.integer(value);
        return true;
    }

    private boolean sum(Desk desk, Decimal number) {
        number.set(desk.curve.sum, places);
        number.cut(2);
        number.pad(2);
        if (number.whole() > WHOLE) {
            throw Place.of("/sum", "").refuse(Reason.NUMBER_RANGE, desk);
        }
        desk.out.add('"');
        number.write(desk.out);
        desk.out.add('"');
        return true;
    }

    static boolean values(CurveDay curve, Bytes out) {
        out.add('[');
        for (int i = 0; i < curve.shape().expected(); i++) {
            if (i > 0) {
                out.add(',');
            }
            if (curve.given[i]) {
                out.integer(curve.values[i]);
            } else {
                out.add(NULL);
            }
        }
        out.add(']');
        return true;
    }

    /** Runs of equal quality other than actual. */
    private static boolean runs(CurveDay curve, Bytes out) {
        out.add('[');
        int expected = curve.shape().expected();
        boolean first = true;
        for (int from = 0, to; from < expected; from = to) {
            boolean given = curve.given[from];
            to = from + 1;
            while (to < expected && curve.given[to] == given) {
                to++;
            }
            if (given && !curve.flagged) {
                continue;
            }
            if (!first) {
                out.add(',');
            }
            first = false;
            out.plain("{\"at\":");
            out.integer(from);
            out.add(',');
            if (given) {
                out.plain("\"flag\":\"");
                out.add(curve.flag);
                out.plain("\",\"n\":");
            } else {
                out.add(MISSING);
            }
            out.integer(to - from);
            out.add('}');
        }
        out.add(']');
        return true;
    }
}
