package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The binary form of COPY, read back by the driver's own decoding. */
class CopyRowsTest {
    private final Store store = Store.fresh();

    @Test
    void everyTypeArrivesAsItWas() throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        store.sql
                .sql("create table typed (n int, t text, j json, b bytea, f boolean, l bigint, d numeric, u uuid,"
                        + " day date, at timestamptz, told timestamptz)")
                .update();
        List<BigDecimal> numbers = List.of(
                new BigDecimal("0"),
                new BigDecimal("0.00"),
                new BigDecimal("-0.01"),
                new BigDecimal("9999.9999"),
                new BigDecimal("10000"),
                new BigDecimal("0.00010000"),
                new BigDecimal("1E+5"),
                new BigDecimal("-123456789012345678901234567890.123456789"),
                new BigDecimal("164.52"));
        int rows = 2_000;
        Instant now = Instant.parse("1999-12-31T23:59:59.999999Z");
        try (var connection = store.source.getConnection();
                CopyRows copy = new CopyRows(connection, "typed")) {
            for (int n = 0; n < rows; n++) {
                BigDecimal number = number(n, numbers, new Random(seed + n));
                copy.number(n).text(n % 7 == 0 ? null : "电\0é" + n + "𠮷\\\t");
                copy.utf8(("{\"a\":\"电\\n" + n + "\"}").getBytes(StandardCharsets.UTF_8));
                copy.bytes(new byte[] {0, (byte) n, -1, '\\'}).flag(n % 2 == 0).number(-5_000_000_000L * n);
                copy.number(number)
                        .uuid(hex(n))
                        .date(n % 5 == 0 ? null : LocalDate.of(1900, 1, 1).plusDays(n * 37L));
                copy.time(n % 5 == 0 ? null : now.plusSeconds(n * 1_000L));
                copy.time(OffsetDateTime.of(2026, 11, 2, 9, 0, 3, 123_456_000, ZoneOffset.ofHours(8))
                                .plusDays(n))
                        .end();
            }
            assertThat(copy.finish()).isEqualTo(rows);
        }

        int[] seen = {0};
        store.sql
                .sql("select n, t, j::text, b, f, l, d, u::text, day, at, told from typed order by n")
                .query(row -> {
                    int n = row.getInt(1);
                    assertThat(row.getString(2)).isEqualTo(n % 7 == 0 ? null : "电?é" + n + "𠮷\\\t");
                    assertThat(row.getString(3)).isEqualTo("{\"a\":\"电\\n" + n + "\"}");
                    assertThat(row.getBytes(4)).isEqualTo(new byte[] {0, (byte) n, -1, '\\'});
                    assertThat(row.getBoolean(5)).isEqualTo(n % 2 == 0);
                    assertThat(row.getLong(6)).isEqualTo(-5_000_000_000L * n);
                    BigDecimal number = number(n, numbers, new Random(seed + n));
                    assertThat(row.getBigDecimal(7)).isEqualTo(number.scale() < 0 ? number.setScale(0) : number);
                    assertThat(row.getString(8).replace("-", "")).isEqualTo(hex(n));
                    assertThat(row.getObject(9, LocalDate.class))
                            .isEqualTo(
                                    n % 5 == 0 ? null : LocalDate.of(1900, 1, 1).plusDays(n * 37L));
                    OffsetDateTime at = row.getObject(10, OffsetDateTime.class);
                    assertThat(at == null ? null : at.toInstant())
                            .isEqualTo(n % 5 == 0 ? null : now.plusSeconds(n * 1_000L));
                    assertThat(row.getObject(11, OffsetDateTime.class).toInstant())
                            .isEqualTo(
                                    Instant.parse("2026-11-02T01:00:03.123456Z").plusSeconds(n * 86_400L));
                    seen[0]++;
                });
        assertThat(seen[0]).isEqualTo(rows);
    }

    private static BigDecimal number(int n, List<BigDecimal> edges, Random random) {
        return n < edges.size()
                ? edges.get(n)
                : new BigDecimal(new BigInteger(1 + random.nextInt(100), random), random.nextInt(12))
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
    }

    private static String hex(int n) {
        return String.format("%08x%08xffffffff%08x", n, -n, n * 31);
    }
}
