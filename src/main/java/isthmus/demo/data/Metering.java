package isthmus.demo.data;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.MeterFile.Layout;
import isthmus.demo.data.Town.Point;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the metering system's files day by day and district by district, never holding more than one of them. */
final class Metering {
    /** Whose beginnings the bills are read at. */
    private final Town town;

    private final Curves curves;
    private final Plan plan;
    private final int days;
    private final Ledger ledger;
    private final Outgoing outgoing;
    private final FileFaults fileFaults;
    private final List<List<Point>> districts;
    private final Registers[] dials;
    private int serial;

    Metering(Town town, Curves curves, Plan plan, WorldOptions options, Ledger ledger, Outgoing outgoing) {
        this.town = town;
        this.curves = curves;
        this.plan = plan;
        this.days = options.days();
        this.ledger = ledger;
        this.outgoing = outgoing;
        fileFaults = new FileFaults(outgoing, ledger, options.isListedByLine());
        districts = IntStream.range(0, town.districts())
                .mapToObj(d -> town.points().stream()
                        .filter(point -> point.district() == d)
                        .toList())
                .filter(points -> !points.isEmpty())
                .toList();
        dials = town.points().stream().map(curves::start).toArray(Registers[]::new);
    }

    void write(Consumer<String> progress) throws IOException {
        writeMeters();
        writeMonths();
        int slots = days * town.points().size();
        Map<Integer, Fault> inCurves = plan.spread("curve", CurveFaults.KINDS, 0, slots);
        Map<Integer, Fault> inReads = plan.spread("read", Reads.KINDS, 0, slots, 2);
        Map<Integer, List<Fault>> files = wholeFiles();
        for (int d = 0; d < days; d++) {
            for (int n = 0; n < districts.size(); n++) {
                serial = 0;
                writeDay(d, n, inCurves, inReads, files.getOrDefault(d * districts.size() + n, List.of()));
                ledger.settle();
            }
            progress.accept("metering: " + (d + 1) + " of " + days + " days");
        }
    }

    private void writeMeters() throws IOException {
        Meters meters = new Meters(town);
        Map<Integer, Fault> rare =
                plan.spread("meter", List.of(Fault.M_RARE), 0, town.points().size());
        LocalDate day = curves.firstDay();
        for (List<Point> points : districts) {
            MeterFile file = new MeterFile(
                    Layout.METER,
                    day,
                    points.get(0).districtCode(),
                    "",
                    day.atTime(6, points.get(0).district() % 60));
            for (Point point : points) {
                Fault fault = rare.get(point.index());
                file.add(meters.line(point, fault));
                if (fault != null) {
                    ledger.plant(fault);
                }
            }
            outgoing.send(file, points.get(0).district() % 3 == 2, false);
            ledger.settle();
        }
    }

    /** The months that end before the first day. */
    private void writeMonths() throws IOException {
        for (LocalDate month : Quarter.MONTHS) {
            if (!month.isAfter(curves.firstDay())) {
                for (List<Point> points : districts) {
                    writeMonth(month, points);
                    ledger.settle();
                }
            }
        }
    }

    /** What the bills are made of; it comes after everything else that is said of that moment. */
    private void writeMonth(LocalDate month, List<Point> points) throws IOException {
        LocalDate day = month.minusDays(1);
        MeterFile file = new MeterFile(
                Layout.READ,
                day,
                points.get(0).districtCode(),
                "900",
                month.atTime(12, points.get(0).district() % 60));
        for (Point point : points) {
            file.add(Reads.line(Reads.row(point, day, curves.at(point, month)).set("REASON", "3")));
        }
        outgoing.send(file, false, false);
    }

    /** Faults of whole files by day and district; several may fall on one, but only one in place of its file. */
    private Map<Integer, List<Fault>> wholeFiles() {
        Map<Integer, List<Fault>> files = new HashMap<>();
        Dice dice = Dice.of(town.seed, "files");
        int slots = days * districts.size();
        for (Fault kind : FileFaults.KINDS) {
            int wanted = FileFaults.suitsReads(kind) ? plan.times(kind) : Math.min(plan.times(kind), slots);
            for (int i = 0; i < wanted; i++) {
                int slot = dice.below(slots);
                while (!FileFaults.suitsReads(kind)
                        && files.getOrDefault(slot, List.of()).contains(kind)) {
                    slot = (slot + 1) % slots;
                }
                files.computeIfAbsent(slot, s -> new ArrayList<>()).add(kind);
            }
        }
        return files;
    }

    private void writeDay(int d, int n, Map<Integer, Fault> inCurves, Map<Integer, Fault> inReads, List<Fault> faults)
            throws IOException {
        LocalDate day = curves.firstDay().plusDays(d);
        List<Point> points = districts.get(n);
        Dice dice = Dice.of(town.seed, "day", d, n);
        DayOfDistrict curve = new DayOfDistrict(curves, Layout.CURVE, day, points, dice);
        DayOfDistrict read = new DayOfDistrict(curves, Layout.READ, day, points, dice);
        int slot = d * town.points().size();
        if (faults.contains(Fault.M_REGAP)) {
            Map<Integer, Fault> today = new HashMap<>();
            points.forEach(p -> today.computeIfAbsent(p.index(), i -> inCurves.get(slot + i)));
            curve.leaveGaps(today);
        }
        for (Point point : points) {
            long[] values = curves.day(point, day);
            Registers dial = dials[point.index()].plus(Curves.split(values));
            dials[point.index()] = dial;
            curve.addCurve(point, values, curveLines(inCurves.get(slot + point.index()), point, day, values, dice));
            read.addRead(point, dial, readLines(inReads.get(slot + point.index()), point, day, dial, dice));
        }
        finish(curve, read, faults, (d + n) % 3 == 0, (d + n) % 3 == 1);
        if (Quarter.MONTHS.contains(day.plusDays(1))) {
            writeMonth(day.plusDays(1), points);
        }
    }

    private List<Line> curveLines(@Nullable Fault fault, Point point, LocalDate day, long[] values, Dice dice) {
        if (fault == null) {
            return List.of();
        }
        ledger.plant(fault);
        return CurveFaults.plant(fault, new Curve(point, day, values), dice);
    }

    private List<Line> readLines(@Nullable Fault fault, Point point, LocalDate day, Registers dial, Dice dice) {
        if (fault == null) {
            return List.of();
        }
        ledger.plant(fault);
        return Reads.plant(fault, Reads.row(point, day, dial), dice);
    }

    /** The day's files, unless the first of them arrives cut, and what is planted beside them. */
    private void finish(DayOfDistrict curve, DayOfDistrict read, List<Fault> faults, boolean zipCurve, boolean zipRead)
            throws IOException {
        boolean cut = fileFaults.cutsNext(faults);
        if (cut) {
            outgoing.offer(curve.base());
        } else {
            outgoing.send(curve.base(), zipCurve, false);
        }
        outgoing.send(read.base(), zipRead, false);
        for (Fault fault : faults) {
            serial++;
            boolean onReads = FileFaults.suitsReads(fault) && serial % 2 == 0;
            fileFaults.plant(fault, onReads ? read : curve, serial);
        }
    }
}
