package isthmus.demo.data;

import static isthmus.demo.data.Quarter.NOVEMBER;
import static isthmus.demo.data.Quarter.OCTOBER;
import static isthmus.demo.data.Quarter.SEPTEMBER;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.MeterFile.Layout;
import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the quarter's meters, curves and reads: a district of its own, in which no file is damaged. */
final class QuarterMetering {
    private static final String ESTIMATE = "4";
    /** Hundredths of a kWh by which an estimate may be wrong. */
    private static final long WRONG_BY = 3_000;

    private static final LocalDate READS_AGAIN = LocalDate.of(2026, 11, 12);

    private final Quarter quarter;
    private final Meters meters;
    private final Curves curves;
    private final Dials dials;
    private final Outgoing outgoing;
    private final Contradictions found;

    QuarterMetering(Quarter quarter, Meters meters, Curves curves, Outgoing outgoing, Contradictions found) {
        this.quarter = quarter;
        this.meters = meters;
        this.curves = curves;
        this.dials = new Dials(curves);
        this.outgoing = outgoing;
        this.found = found;
    }

    void write() throws IOException {
        List<Resident> metered = quarter.residents().stream()
                .filter(resident -> !resident.is(Dispute.BARE, Dispute.UNKNOWN_ACCOUNT))
                .toList();
        if (metered.isEmpty()) {
            return;
        }
        writeMeters(metered);
        for (LocalDate day = curves.firstDay(); !day.isAfter(Calendar.LAST_DAY); day = day.plusDays(1)) {
            writeCurves(day, metered);
        }
        Map<LocalDate, List<Line>> reads = new TreeMap<>();
        for (Resident resident : metered) {
            read(resident, reads);
        }
        for (Map.Entry<LocalDate, List<Line>> day : reads.entrySet()) {
            MeterFile file = file(Layout.READ, day.getKey().minusDays(1), 3);
            day.getValue().forEach(file::add);
            outgoing.send(file, false, false);
        }
    }

    private void writeMeters(List<Resident> metered) throws IOException {
        MeterFile file = file(Layout.METER, curves.firstDay(), -18);
        for (Resident resident : metered) {
            Row row = meters.row(resident.point(), resident.account().address())
                    .set("CONN_CODE", connection(resident))
                    .set("DIGITS", "6");
            if (resident.is(Dispute.KWH_EXCHANGE)) {
                add(file, row.copy().set("ASSET_NO", old(resident)).set("STATUS_CODE", "3"));
                row.set("INST_TIME", Quarter.EXCHANGE + " 00:00:00");
            }
            if (resident.is(Dispute.MULT_METER)) {
                row.set("FACTOR", "30");
            }
            if (resident.is(Dispute.STRAY)) {
                row.set("MP_NO", stray(resident));
                found.add("X-METER-NOSP", resident.point().asset(), "unknown-point");
            }
            add(file, row);
        }
        outgoing.send(file, false, false);
    }

    private static void add(MeterFile file, Row row) {
        file.add(Line.of(Reads.csv(row), 0, row));
    }

    private static String connection(Resident resident) {
        return switch (resident.dispute()) {
            case CUT_OFF_USES -> "2";
            case CLOSED_REQUEST, CLOSED_BEFORE -> "";
            default -> "1";
        };
    }

    private void writeCurves(LocalDate day, List<Resident> metered) throws IOException {
        MeterFile file = file(Layout.CURVE, day, 2);
        for (Resident resident : metered) {
            if (!resident.is(Dispute.STRAY, Dispute.CLOSED_BEFORE)) {
                file.add(new Curve(resident.point(), day, curves.day(resident.point(), day)).line());
            }
        }
        outgoing.send(file, false, false);
    }

    private void read(Resident resident, Map<LocalDate, List<Line>> reads) throws IOException {
        if (resident.is(Dispute.CLOSED_BEFORE)) {
            return;
        }
        List<LocalDate> days = new ArrayList<>(Quarter.MONTHS);
        switch (resident.dispute()) {
            case KWH_SHIFT -> days.add(NOVEMBER.minusDays(4));
            case KWH_EXCHANGE -> days.add(Quarter.EXCHANGE);
            case GAP -> days.add(OCTOBER.plusDays(3));
            case OVERLAP -> days.add(OCTOBER.minusDays(3));
            default -> {}
        }
        if (resident.is(Dispute.STRAY)) {
            if (resident.nth() % 2 == 1) {
                return;
            }
            found.add("X-READ-NOBILL", stray(resident) + "/2026-09", "no-account");
            found.add("X-READ-NOBILL", stray(resident) + "/2026-10", "no-account");
        } else {
            for (LocalDate day = curves.firstDay(); !day.isAfter(Calendar.LAST_DAY); day = day.plusDays(1)) {
                days.add(day.plusDays(1));
            }
        }
        for (LocalDate day : days.stream().distinct().toList()) {
            if (comes(resident, day)) {
                reads.computeIfAbsent(day, d -> new ArrayList<>()).addAll(lines(resident, day));
            }
        }
    }

    private static boolean comes(Resident resident, LocalDate day) {
        boolean before = day.isBefore(READS_AGAIN);
        return switch (resident.dispute()) {
            case NO_READS -> !before;
            case NO_START -> !day.isBefore(OCTOBER.minusDays(19));
            case NO_END -> day.isBefore(NOVEMBER.minusDays(10)) || !before;
            case ESTIMATES ->
                day.equals(OCTOBER) || day.equals(NOVEMBER) || day.isBefore(OCTOBER.minusDays(10)) || !before;
            default -> true;
        };
    }

    /** The reads at the beginning of a day: one, or two where a meter is exchanged. */
    private List<Line> lines(Resident resident, LocalDate day) {
        if (!resident.is(Dispute.KWH_EXCHANGE)) {
            return List.of(Reads.line(row(resident, day)));
        }
        List<Line> lines = new ArrayList<>();
        if (!day.isAfter(Quarter.EXCHANGE)) {
            Registers old = curves.at(resident.point(), day);
            lines.add(Reads.line(Reads.row(resident.point(), day.minusDays(1), old)
                    .set("ASSET_NO", old(resident))
                    .set("REASON", day.equals(Quarter.EXCHANGE) ? "5" : "3")));
        }
        if (!day.isBefore(Quarter.EXCHANGE)) {
            lines.add(Reads.line(row(resident, day).set("REASON", day.equals(Quarter.EXCHANGE) ? "4" : "3")));
        }
        return lines;
    }

    private Row row(Resident resident, LocalDate day) {
        Row row = Reads.row(resident.point(), day.minusDays(1), dials.at(resident, day))
                .set("REASON", "3")
                .set("P_TOTAL", Reads.shown(dials.total(resident, day)));
        switch (resident.dispute()) {
            case KWH_ESTIMATE -> {
                if (day.equals(NOVEMBER)) {
                    row.set("SOURCE", ESTIMATE).set("P_TOTAL", Reads.shown(dials.total(resident, day) - WRONG_BY));
                }
            }
            case ESTIMATES -> row.set("SOURCE", day.equals(SEPTEMBER) || !day.isBefore(READS_AGAIN) ? "1" : ESTIMATE);
            case STRAY -> row.set("MP_NO", stray(resident));
            default -> {}
        }
        return row;
    }

    private MeterFile file(Layout layout, LocalDate day, int hour) {
        String district = quarter.residents().get(0).point().districtCode();
        return new MeterFile(
                layout, day, district, "", day.plusDays(1).atTime(0, 40).plusHours(hour));
    }

    private static String old(Resident resident) {
        return "40" + resident.point().asset().substring(2);
    }

    private static String stray(Resident resident) {
        return "MP9" + resident.point().number().substring(3);
    }
}
