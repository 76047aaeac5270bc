package isthmus.demo.truth;

import static isthmus.demo.truth.Words.urn;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One meter's day put together from its pieces: at each position the last value that was not missing. */
final class IntervalBlock {
    private final List<CurvePiece> pieces = new ArrayList<>();

    static String id(CurvePiece piece) {
        return urn(MeteringReading.SILO, "intervalblock", piece.meter() + "/kwh-delivered/" + piece.day() + "/raw");
    }

    IntervalBlock add(CurvePiece piece) {
        pieces.add(piece);
        return this;
    }

    Said say() {
        pieces.sort(Comparator.comparing(CurvePiece::sequence));
        CurvePiece last = pieces.get(pieces.size() - 1);
        int n = last.points().values.length;
        Points merged = new Points(n);
        String[] flags = new String[n];
        for (int i = 0; i < n; i++) {
            flags[i] = "missing";
            for (CurvePiece piece : pieces) {
                if (piece.points().has(i)) {
                    merged.values[i] = piece.points().values[i];
                    flags[i] = piece.flag();
                }
            }
        }
        return said(last, merged, flags);
    }

    private static Said said(CurvePiece of, Points merged, String[] flags) {
        String id = id(of);
        String point = urn(MeteringReading.SILO, "servicepoint", of.point());
        String meter = urn(MeteringReading.SILO, "meter", of.meter());
        ZonedDateTime start = of.day().atStartOfDay(Times.ZONE);
        BigDecimal sum = BigDecimal.valueOf(merged.sum(), 3);
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("servicePoint", point);
        body.put("meter", meter);
        body.put("series", "raw");
        body.put("readingType", READING_TYPE);
        body.put("unit", "kWh");
        body.put("ucum", "kW.h");
        body.put("scale", -3);
        body.put("start", Times.rfc3339(start.toOffsetDateTime()));
        body.put("end", Times.rfc3339(start.plusDays(1).toOffsetDateTime()));
        body.put("timeZone", "Asia/Shanghai");
        body.put("localDate", of.day().toString());
        body.put("intervalLength", "PT15M");
        body.put("expected", flags.length);
        body.put("received", merged.received());
        body.put("values", merged);
        body.put("defaultQuality", "actual");
        body.put("quality", runs(flags));
        body.put("multiplierApplied", "1");
        body.put("sum", Numbers.places(sum));
        return new Said(id, false, body, List.of(point, meter), null, sum);
    }

    private static final Map<String, Object> READING_TYPE = new TreeMap<>(Map.of(
            "quantity", "activeEnergy",
            "flow", "delivered",
            "accumulation", "delta",
            "cim", "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"));

    private static List<Object> runs(String[] flags) {
        List<Object> runs = new ArrayList<>();
        int at = 0;
        while (at < flags.length) {
            int end = at + 1;
            while (end < flags.length && flags[end].equals(flags[at])) {
                end++;
            }
            if (!flags[at].equals("actual")) {
                Map<String, Object> run = new TreeMap<>();
                run.put("at", at);
                run.put("n", end - at);
                run.put("flag", flags[at]);
                if (flags[at].equals("missing")) {
                    run.put("cim", "2.5.259");
                }
                runs.add(run);
            }
            at = end;
        }
        return runs;
    }
}
