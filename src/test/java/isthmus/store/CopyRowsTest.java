package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The binary form must say exactly what the text form would have said. */
class CopyRowsTest {
    private static final long SEED = 20_261_125;

    @Test
    void everyDecimalArrivesWithItsValueAndItsScale() throws SQLException {
        // given edges of the base of 10,000 and numbers of every size
        System.out.println("seed " + SEED);
        List<BigDecimal> numbers = new ArrayList<>();
        for (String edge : List.of(
                "0",
                "0.00",
                "0.1",
                "-0.1",
                "9999",
                "10000",
                "-10000.0001",
                "0.0001",
                "0.00001",
                "1E+5",
                "99999999.9999")) {
            numbers.add(new BigDecimal(edge));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            numbers.add(new BigDecimal(new java.math.BigInteger(1 + random.nextInt(100), random), random.nextInt(20))
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
        }

        // when they are copied, then the server shows them as they are written plainly
        List<String> shown = copied("numeric", numbers.size(), (rows, i) -> rows.number(numbers.get(i)));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(shown.get(i)).isEqualTo(numbers.get(i).toPlainString());
        }
    }

    @Test
    void everyOtherTypeArrivesAsItIsWritten() throws SQLException {
        List<String> texts = List.of("", "a\tb\\n\n", "沿江区𠮷", "é");
        assertThat(copied("text", texts.size(), (rows, i) -> rows.text(texts.get(i))))
                .isEqualTo(texts);
        assertThat(copied("text", 1, (rows, i) -> rows.text("a\0b"))).containsExactly("a?b");
        assertThat(copied("text", 1, (rows, i) -> rows.text(null))).containsNull();

        String hash = "d41d8cd98f00b204e9800998ecf8427e";
        assertThat(copied("uuid", 1, (rows, i) -> rows.uuid(hash)))
                .containsExactly("d41d8cd9-8f00-b204-e980-0998ecf8427e");

        List<LocalDate> dates = List.of(LocalDate.of(1900, 1, 1), LocalDate.of(2000, 1, 1), LocalDate.of(2199, 12, 31));
        assertThat(copied("date", dates.size(), (rows, i) -> rows.date(dates.get(i))))
                .containsExactly("1900-01-01", "2000-01-01", "2199-12-31");

        List<Instant> times =
                List.of(Instant.parse("1969-12-31T23:59:59.999999Z"), Instant.parse("2026-11-25T03:04:05Z"));
        assertThat(copied("timestamptz", times.size(), (rows, i) -> rows.time(times.get(i))))
                .containsExactly("1969-12-31 23:59:59.999999+00", "2026-11-25 03:04:05+00");

        assertThat(copied("bigint", 1, (rows, i) -> rows.bigint(Long.MIN_VALUE)))
                .containsExactly("" + Long.MIN_VALUE);
        assertThat(copied("int", 1, (rows, i) -> rows.integer(-7))).containsExactly("-7");
        assertThat(copied("boolean", 2, (rows, i) -> rows.bool(i == 0))).containsExactly("true", "false");
    }

    private interface Field {
        void write(CopyRows rows, int i) throws SQLException;
    }

    private static List<String> copied(String type, int count, Field field) throws SQLException {
        List<String> shown = new ArrayList<>();
        try (Connection connection = Store.fresh().source.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "set local timezone to 'UTC'; create temp table copied (n int, it " + type + ") on commit drop");
            try (CopyRows rows = new CopyRows(connection, "copied (n, it)")) {
                for (int i = 0; i < count; i++) {
                    field.write(rows.integer(i), i);
                    rows.end();
                }
                assertThat(rows.finish()).isEqualTo(count);
            }
            try (var row = statement.executeQuery("select it::text from copied order by n")) {
                while (row.next()) {
                    shown.add(row.getString(1));
                }
            }
            connection.rollback();
        }
        return shown;
    }
}
