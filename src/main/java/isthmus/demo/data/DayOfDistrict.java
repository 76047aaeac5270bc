package isthmus.demo.data;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.MeterFile.Layout;
import isthmus.demo.data.Town.Point;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one district's meters delivered on one day, as one kind of file: the day's file and others made from it. */
final class DayOfDistrict {
    private static final int GAP = 9;

    private final Curves curves;
    private final Layout layout;
    private final LocalDate day;
    private final List<Point> points;
    private final Map<Point, Registers> dials = new LinkedHashMap<>();
    private final Map<Point, Integer> gaps = new LinkedHashMap<>();
    private final Set<Point> spoilt = new HashSet<>();
    private final MeterFile base;
    private final Dice dice;

    DayOfDistrict(Curves curves, Layout layout, LocalDate day, List<Point> points, Dice dice) {
        this.curves = curves;
        this.layout = layout;
        this.day = day;
        this.points = points;
        this.dice = dice;
        base = file("", 0);
    }

    /** Business times of one day differ from file to file, so that it is clear which line is the later. */
    private MeterFile file(String serial, int minutes) {
        LocalDateTime business = day.plusDays(1)
                .atTime(layout == Layout.CURVE ? 2 : 3, 10, points.get(0).district() % 60);
        return new MeterFile(layout, day, points.get(0).districtCode(), serial, business.plusMinutes(minutes));
    }

    MeterFile base() {
        return base;
    }

    /** Leaves a gap in the curve of a point whose line is good, for another file to fill. */
    void leaveGaps(Map<Integer, Fault> faults) {
        for (int tries = 0; tries < 20 && gaps.size() < 3; tries++) {
            Point point = dice.pick(points);
            if (!faults.containsKey(point.index())) {
                gaps.putIfAbsent(point, dice.between(0, Curves.QUARTERS - GAP - 1));
            }
        }
    }

    void addCurve(Point point, long[] values, List<Line> planted) {
        if (!planted.isEmpty()) {
            planted.forEach(base::add);
            spoilt.add(point);
            return;
        }
        Curve curve = new Curve(point, day, values);
        Integer gap = gaps.get(point);
        base.add(gap == null ? curve.line() : curve.gap(gap, gap + GAP).line());
    }

    void addRead(Point point, Registers dial, List<Line> planted) {
        dials.put(point, dial);
        if (planted.isEmpty()) {
            base.add(Reads.line(Reads.row(point, day, dial)));
        } else {
            planted.forEach(base::add);
            spoilt.add(point);
        }
    }

    /** Another file for some of the day's meters, with other values. */
    MeterFile corrected(String serial, int minutes, int percent, int most) {
        MeterFile file = file(serial, minutes);
        for (Point point : some(most)) {
            if (layout == Layout.CURVE) {
                Curve curve = new Curve(point, day, curves.day(point, day)).scale(percent);
                curve.flag = percent == 110 ? "2" : percent == 105 ? "4" : "1";
                file.add(curve.line());
            } else {
                Registers dial = dials.getOrDefault(point, new Registers(0, 0));
                Registers other = dial.plus(new Registers(percent * 10L, percent * 20L));
                file.add(Reads.line(Reads.row(point, day, other).set("SOURCE", "2")));
            }
        }
        return file;
    }

    private List<Point> some(int most) {
        List<Point> chosen = new ArrayList<>();
        int from = dice.below(points.size());
        for (int i = 0; i < points.size() && chosen.size() < most; i++) {
            Point point = points.get((from + i) % points.size());
            if (!spoilt.contains(point)) {
                chosen.add(point);
            }
        }
        return chosen;
    }

    /** A piece with nothing but the points that the day's file left out. */
    MeterFile gapsFilled(String serial, int minutes) {
        MeterFile file = file(serial, minutes);
        gaps.forEach((point, from) -> file.add(new Curve(point, day, curves.day(point, day))
                .only(from, from + GAP)
                .line()));
        return file;
    }
}
