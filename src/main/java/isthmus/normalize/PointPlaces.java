package isthmus.normalize;

import isthmus.catalog.MappingSpec;
import isthmus.model.Layout;
import isthmus.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the interval of the day that a point belongs to, by its position or its time. */
final class PointPlaces {
    private final MappingSpec.Points spec;
    private final int time;
    private final int until;
    private final int position;

    PointPlaces(MappingSpec.Points spec, Layout row) {
        this.spec = spec;
        time = at(row, spec.time());
        until = at(row, spec.until());
        position = at(row, spec.position());
    }

    private static int at(Layout row, @Nullable String column) {
        return column == null ? -1 : row.indexOf(column);
    }

    /** Where in the day each row belongs; no interval is given twice. */
    int[] of(List<@Nullable String[]> rows, int expected, Desk desk) {
        int[] places = new int[rows.size()];
        boolean isClear = true;
        for (int i = 0; i < places.length; i++) {
            places[i] = time >= 0 ? ofTime(rows.get(i), desk) : ofPosition(rows.get(i), desk);
            boolean isFree = places[i] >= 0 && places[i] < expected && !desk.points.seen[places[i]];
            if (isFree) {
                desk.points.seen[places[i]] = true;
            }
            isClear &= isFree;
        }
        if (isClear) {
            return places;
        }
        if (!spec.snap() || places.length != expected) {
            String column = String.valueOf(time >= 0 ? spec.time() : spec.position());
            throw Place.of("/values", column).refuse(Reason.SCHEMA, desk);
        }
        // The day is whole, and only its times contradict each other: the order in which they came is the better
        // witness.
        for (int i = 0; i < places.length; i++) {
            if (places[i] != i) {
                desk.flag(Reason.TIME_GRID, "/values/" + i);
            }
            places[i] = i;
        }
        return places;
    }

    private int ofPosition(@Nullable String[] point, Desk desk) {
        String text = Structures.trimmed(point[position]);
        if (!text.matches("[0-9]{1,4}")) {
            throw Place.of("/values", String.valueOf(spec.position())).refuse(Reason.SCHEMA, desk);
        }
        return Integer.parseInt(text) - 1;
    }

    private int ofTime(@Nullable String[] point, Desk desk) {
        CurveDay.Shape shape = desk.curve.shape();
        long length = shape.interval().toMillis();
        long from = instant(point, time, String.valueOf(spec.time()), desk);
        boolean isOff = until >= 0 && instant(point, until, String.valueOf(spec.until()), desk) - from != length;
        long since = from - shape.startMilli();
        isOff |= since % length != 0;
        int index = since < 0 ? -1 : (int) (since / length);
        if (isOff && !spec.snap()) {
            throw Place.of("/intervalLength", String.valueOf(until < 0 ? spec.time() : spec.until()))
                    .refuse(Reason.PERIOD_INVALID, desk);
        }
        if (isOff) {
            desk.flag(Reason.TIME_GRID, "/values/" + index);
        }
        return index;
    }

    private static long instant(@Nullable String[] point, int column, String name, Desk desk) {
        Place place = Place.of("/values", name);
        if (!Times.read(point[column], desk, place)) {
            throw place.refuse(Reason.FIELD_MISSING, desk);
        }
        return desk.moment.epochMilli();
    }
}
