package isthmus.demo.data;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.Town.Point;
import isthmus.demo.truth.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines of daily freeze readings, good ones and spoilt ones. */
final class Reads {
    static final List<Fault> KINDS = List.of(
            Fault.M_FIELDS,
            Fault.M_CHARSET,
            Fault.M_QUOTE,
            Fault.M_SAME_LINE,
            Fault.M_TWICE,
            Fault.M_UNKNOWN_METER,
            Fault.M_WIDE_KEY,
            Fault.M_NUL,
            Fault.M_DATE,
            Fault.M_DIGITS);
    /** These stand beside the good line, the others in its place. */
    private static final Set<Fault> BESIDE = Set.of(Fault.M_SAME_LINE, Fault.M_TWICE, Fault.M_UNKNOWN_METER);

    private Reads() {}

    /** The dial at the end of the day, that is at the beginning of the next. */
    static Row row(Point point, LocalDate day, Registers dial) {
        return new Row()
                .set("KIND", "D")
                .set("ASSET_NO", point.asset())
                .set("MP_NO", point.number())
                .set("DATA_TIME", day.plusDays(1) + " 00:00:00")
                .set("REASON", "2")
                .set("SOURCE", "1")
                .set("P_TOTAL", shown(dial.totalShown()))
                .set("P_PEAK", shown(dial.peakShown()))
                .set("P_VALLEY", shown(dial.valleyShown()))
                .set("T_FACTOR", String.valueOf(point.factor()));
    }

    static String shown(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }

    static Line line(Row row) {
        return Line.of(
                csv(row), new BigDecimal(row.need("P_TOTAL")).movePointRight(2).longValueExact(), row);
    }

    static String csv(Row row) {
        StringBuilder out = new StringBuilder(160);
        for (Map.Entry<String, String> cell : row.cells().entrySet()) {
            String value = cell.getValue();
            boolean quote = value.indexOf(',') >= 0 || value.indexOf('"') >= 0;
            out.append(out.length() == 0 ? "" : ",");
            out.append(quote ? '"' + value.replace("\"", "\"\"") + '"' : value);
        }
        return out.toString();
    }

    static List<Line> plant(Fault fault, Row row, Dice dice) {
        Line good = line(row);
        Row bad = row.copy();
        String asset = row.need("ASSET_NO");
        switch (fault) {
            case M_FIELDS -> {
                String text = csv(bad.set("P_TOTAL", "0"));
                String fewer = text.substring(0, text.lastIndexOf(','));
                return List.of(Line.damaged(dice.percent(50) ? text + ",1" : fewer, fault));
            }
            case M_CHARSET -> {
                byte[] raw = csv(bad.set("P_TOTAL", "0")).getBytes(StandardCharsets.US_ASCII);
                raw[2] = (byte) 0xFF;
                raw[3] = (byte) 0xFF;
                return List.of(Line.damaged(raw, fault));
            }
            case M_QUOTE -> {
                return List.of(Line.damaged(csv(bad.set("P_TOTAL", "0")).replaceFirst("D,", "D,\""), fault));
            }
            case M_SAME_LINE -> bad.set("REASON", "2");
            case M_TWICE -> bad.set("SOURCE", "2").set("P_TOTAL", "1" + row.need("P_TOTAL"));
            case M_UNKNOWN_METER ->
                bad.set("ASSET_NO", "49" + asset.substring(2))
                        .set("MP_NO", "MP9" + row.need("MP_NO").substring(3));
            case M_WIDE_KEY -> bad.set("ASSET_NO", BillingFaults.wide(asset, false));
            case M_NUL -> bad.set("ASSET_NO", asset.substring(0, 6) + "\0" + asset.substring(6));
            case M_DATE -> bad.set("DATA_TIME", "2026-02-30 00:00:00");
            case M_DIGITS -> bad.set("P_PEAK", "12345678901234567890");
            default -> throw new IllegalStateException(fault + " is not a fault of a reading");
        }
        Line planted = line(bad).with(fault);
        return BESIDE.contains(fault) ? List.of(good, planted) : List.of(planted);
    }
}
