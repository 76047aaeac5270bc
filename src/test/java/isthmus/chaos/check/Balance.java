package isthmus.chaos.check;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** I4: every run balances, the store's exact sums are the islands', and every file was taken once from end to end. */
final class Balance {
    private Balance() {}

    static void check(Ground ground, Verdict verdict) throws IOException, SQLException {
        runs(ground, verdict);
        sums(ground, verdict);
        Trailers.check(ground, verdict);
    }

    static void runs(Ground ground, Verdict verdict) throws SQLException {
        verdict.count("runs", ground.number("select count(*) from run"));
        verdict.count("abandoned", ground.number("select count(*) from run where state = 'running'"));
        ground.each(
                "select run, system, entity, read, applied + unchanged + stale + quarantined from run_count"
                        + " where read <> applied + unchanged + stale + quarantined",
                row -> verdict.breach(
                        "run %d of %s: %s read %d, accounted for %d",
                        row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)));
        ground.each(
                "select run, coalesce(error, '') from run where state = 'red'",
                row -> verdict.breach("run %d is red: %s", row.getLong(1), row.getString(2)));
    }

    private record Sum(long count, BigDecimal money, BigDecimal energy) {
        static Sum of(long count, String money, String energy) {
            return new Sum(count, number(money), number(energy));
        }

        private static BigDecimal number(String text) {
            return text == null || text.equals("null") ? BigDecimal.ZERO : new BigDecimal(text).stripTrailingZeros();
        }
    }

    private static void sums(Ground ground, Verdict verdict) throws IOException, SQLException {
        Map<String, Sum> expected = new TreeMap<>();
        Truths.lines(ground.data(), line -> {
            if (line.path("kind").asText().equals("totals")) {
                expected.put(
                        line.path("system").asText() + ":" + line.path("entity").asText(),
                        Sum.of(
                                line.path("count").asLong(),
                                line.path("money").asText(),
                                line.path("energy").asText()));
            }
        });
        Map<String, Sum> found = new TreeMap<>();
        ground.each(
                "select silo, entity, count(*), sum(money), sum(energy) from record where not deleted group by 1, 2",
                row -> found.put(
                        row.getString(1) + ":" + row.getString(2),
                        Sum.of(row.getLong(3), row.getString(4), row.getString(5))));
        verdict.count("sums", expected.size());
        expected.forEach((name, sum) -> {
            Sum other = found.remove(name);
            boolean isEqual = other != null
                    && sum.count() == other.count()
                    && sum.money().compareTo(other.money()) == 0
                    && sum.energy().compareTo(other.energy()) == 0;
            verdict.require(isEqual, "%s should be %s, is %s", name, sum, other);
        });
        found.forEach((name, sum) -> verdict.breach("%s should not be there: %s", name, sum));
    }
}
