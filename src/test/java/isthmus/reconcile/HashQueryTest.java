package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.flow.Maria;
import isthmus.reconcile.Buckets.Counted;
import isthmus.reconcile.HashQuery.Kinds;
import isthmus.store.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Real databases hash rows in which they have been seen to differ (model.md 9.3), and all must say what we say. */
class HashQueryTest {
    private static final String NULL = "\u001E";
    private static final int MANY = 100;
    private static final LocalDateTime CUT_OFF = LocalDateTime.of(2026, 11, 22, 2, 0);

    private enum Kind {
        MARIADB("select seq as n from seq_1_to_20000", "`", "datetime", " default charset = gbk"),
        POSTGRESQL("select n from generate_series(1, 20000) g(n)", "\"", "timestamp", ""),
        H2("select x as n from system_range(1, 20000)", "\"", "timestamp", "");

        private final String manyNumbers;
        private final String quote;
        private final String time;
        private final String charset;

        Kind(String manyNumbers, String quote, String time, String charset) {
            this.manyNumbers = manyNumbers;
            this.quote = quote;
            this.time = time;
            this.charset = charset;
        }

        DataSource database() throws Exception {
            return switch (this) {
                case MARIADB -> {
                    Map<String, String> at = Maria.get().environment();
                    yield source(at.getOrDefault("BILLING_URL", ""), "root", "");
                }
                case POSTGRESQL -> source(Store.fresh().url(), "postgres", "postgres");
                case H2 -> source("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
            };
        }

        private static DataSource source(String url, String user, String password) throws SQLException {
            return new SimpleDriverDataSource(DriverManager.getDriver(url), url, user, password);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyTrapIsSaidAsWeSayIt(Kind kind) throws Exception {
        DataSource database = laid(kind);
        SqlDialect dialect = SelfTest.pass(database).orElseThrow();
        Kinds kinds = SourceBuckets.kinds(database, new HashQuery(dialect, traps(kind.quote), Kinds.UNKNOWN));

        Map<String, String> said = new TreeMap<>();
        new SourceBuckets(database, new HashQuery(dialect, traps(kind.quote), kinds), CUT_OFF)
                .rows(Set.of(), (key, row, name, counted) -> said.put(name, key + " " + row));

        Map<String, String> expected = new TreeMap<>();
        expect(expected, "a/1", "a", "1", "12.50", "李鹏", "1234.57", "2026-11-01T12:00:00", "1", "x", "2", NULL);
        expect(expected, "A/4", "A", "4", "-0.01", NULL, "1,234.50", "2026-11-01T12:00:00");
        expect(expected, "a/2", "a", "2", NULL, "two  blanks", NULL, "2026-11-01T12:00:00", "9", NULL);
        expect(expected, "Ω/3", many("Ω", "3", "99999999999999.99", "电费", "0.10", "2026-11-22T01:59:59"));
        assertThat(said).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLabelIsAskedForAsItIsWritten(Kind kind) throws Exception {
        DataSource database = laid(kind);
        List<Column> columns = Stream.of("Cons-No", "Order", "Words#")
                .map(name -> new Column(name, "text", 0, false))
                .toList();
        Pull pull = pull(
                List.of("CONS-NO", "Order"),
                columns,
                Map.of(),
                "select ID as 'Cons-No', NO as 'Order', WORDS as 'Words#' from trap where NO = 1"
                        .replace("'", kind.quote));
        SqlDialect dialect = SelfTest.pass(database).orElseThrow();

        Kinds kinds = SourceBuckets.kinds(database, new HashQuery(dialect, pull, Kinds.UNKNOWN));
        Map<String, String> said = new TreeMap<>();
        new SourceBuckets(database, new HashQuery(dialect, pull, kinds), CUT_OFF)
                .rows(Set.of(), (key, row, name, counted) -> said.put(name, key + " " + row));

        Map<String, String> expected = new TreeMap<>();
        expect(expected, "a/1", "a", "1", "李鹏");
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void charactersOfSeveralSetsMeetInOneRow() throws Exception {
        DataSource database = Kind.MARIADB.database();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create or replace table mixed (ID varchar(9) charset latin1, NO int, A char(9) charset gbk,"
                            + " QTY decimal(9,2), B varchar(9) charset utf8mb3, C varchar(9) charset utf8mb4)");
            statement.execute("insert into mixed values ('Ä', 7, '李鹏', 1.5, 'Ω', '𠮷')");
        }
        List<Column> columns = Stream.of("ID", "NO", "A", "B", "C")
                .map(name -> new Column(name, "text", 0, false))
                .collect(Collectors.toCollection(ArrayList::new));
        columns.add(3, new Column("QTY", "decimal", 2, false));
        Pull pull = pull(List.of("ID", "NO"), columns, Map.of(), "select ID, NO, A, QTY, B, C from mixed");

        Kinds kinds = SourceBuckets.kinds(database, new HashQuery(SqlDialect.MARIADB, pull, Kinds.UNKNOWN));
        Map<String, String> said = new TreeMap<>();
        new SourceBuckets(database, new HashQuery(SqlDialect.MARIADB, pull, kinds), CUT_OFF)
                .rows(Set.of(), (key, row, name, counted) -> said.put(name, key + " " + row));

        Map<String, String> expected = new TreeMap<>();
        expect(expected, "Ä/7", "Ä", "7", "李鹏", "1.50", "Ω", "𠮷");
        assertThat(said).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sumsOfManyHashesAreExact(Kind kind) throws Exception {
        DataSource database = kind.database();
        SqlDialect dialect = SelfTest.pass(database).orElseThrow();

        Bisection bisection = new Bisection(
                new SourceBuckets(database, new HashQuery(dialect, numbers(kind.manyNumbers), Kinds.UNKNOWN), CUT_OFF),
                new Numbers(Set.of()));

        assertThat(bisection.differences().orElseThrow()).isEmpty();
        assertThat(bisection.sourceRows()).isEqualTo(20_000);
        assertThat(bisection.levels()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFewDifferencesAreFoundByMovingAFewRows(Kind kind) throws Exception {
        DataSource database = kind.database();
        SqlDialect dialect = SelfTest.pass(database).orElseThrow();

        Bisection bisection = new Bisection(
                new SourceBuckets(database, new HashQuery(dialect, numbers(kind.manyNumbers), Kinds.UNKNOWN), CUT_OFF),
                new Numbers(Set.of(7, 4_711, 20_001)));

        assertThat(bisection.differences().orElseThrow())
                .containsOnlyKeys(Key.of("7"), Key.of("4711"), Key.of("20001"))
                .containsEntry(Key.of("7"), new Bisection.Apart("7", "changed", Counted.AS_A_ROW))
                .containsEntry(Key.of("20001"), new Bisection.Apart("", "changed", Counted.AS_A_ROW));
        assertThat(bisection.moved()).isLessThan(100);
    }

    @Test
    void shoresThatDifferInAlmostEverythingAreReadInstead() {
        Set<Integer> all = IntStream.rangeClosed(1, 20_000).boxed().collect(Collectors.toSet());

        Bisection bisection = new Bisection(new Numbers(Set.of()), new Numbers(all));

        assertThat(bisection.differences()).isEmpty();
        assertThat(bisection.moved()).isZero();
    }

    @Test
    void theDialectsThatNothingRunsHereUseTheirDocumentedFunctions() {
        String oracle = new HashQuery(SqlDialect.ORACLE, traps("\""), Kinds.UNKNOWN).level(Set.of("0a"), 4, CUT_OFF);
        String server = new HashQuery(SqlDialect.SQLSERVER, traps("\""), Kinds.UNKNOWN).level(Set.of("0a"), 4, CUT_OFF);

        assertThat(oracle)
                .contains("standard_hash(utl_i18n.string_to_raw(", "'AL32UTF8'), 'MD5')", "listagg(", "within group")
                .contains("to_number(substr(h.r, 1, 12), 'xxxxxxxxxxxx')");
        assertThat(server)
                .contains(
                        "hashbytes('MD5'", "Latin1_General_100_BIN2_UTF8", "string_agg(", "try_convert(decimal(38,10)")
                .contains("sum(convert(decimal(38,0)")
                .contains("convert(nvarchar(max), q.CHANGED, 126)");
        assertThat(SqlDialect.ORACLE.preparation()).contains("nls_date_format = 'YYYY-MM-DD HH24:MI:SS'");
        assertThat(oracle + server).doesNotContain("order by p.ID, p.NO, c.NO");
    }

    private static DataSource laid(Kind kind) throws Exception {
        DataSource database = kind.database();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists trap_line");
            statement.execute("drop table if exists trap");
            statement.execute("create table trap (ID char(8), NO int, NAME varchar(40), QTY decimal(20,4),"
                    + " WORDS varchar(40), AMT varchar(40), CHANGED " + kind.time + ")" + kind.charset);
            statement.execute("create table trap_line (ID char(8), PNO int, NO int, SAYS varchar(40))" + kind.charset);
            statement.execute("insert into trap values"
                    + " ('a', 1, 'secret', 12.5, '李鹏   ', '1234.565', '2026-11-01 12:00:00'),"
                    + " ('A', 4, null, -0.005, '', '1,234.50', '2026-11-01 12:00:00'),"
                    + " ('a', 2, 'secret', null, 'two  blanks', null, '2026-11-01 12:00:00'),"
                    + " ('Ω', 3, 'secret', 99999999999999.99, '电费', '0.1', '2026-11-22 01:59:59'),"
                    + " ('late', 5, null, 1, 'in flight', '1', '2026-11-22 02:00:00')");
            statement.execute("insert into trap_line values ('a', 1, 2, ''), ('a', 1, 1, 'x'), ('a', 2, 9, null)");
            for (int i = 0; i < MANY; i++) {
                statement.execute("insert into trap_line values ('Ω', 3, " + (100 + i) + ", '电费电费电费电费电费')");
            }
        }
        return database;
    }

    /** So many children that a database cuts what it gathers, unless it is told not to. */
    private static String[] many(String... cells) {
        List<String> all = new ArrayList<>(List.of(cells));
        for (int i = 0; i < MANY; i++) {
            all.add("" + (100 + i));
            all.add("电费电费电费电费电费");
        }
        return all.toArray(String[]::new);
    }

    private static void expect(Map<String, String> rows, String key, String... cells) {
        rows.put(key, Key.of(key) + " " + Key.of(String.join("\u001F", cells)));
    }

    private static Pull traps(String quote) {
        return pull(
                List.of("ID", "NO"),
                List.of(
                        new Column("ID", "text", 0, false),
                        new Column("NO", "text", 0, false),
                        new Column("NAME", "text", 0, true),
                        new Column("QTY", "decimal", 2, false),
                        new Column("WORDS", "text", 0, false),
                        new Column("AMT", "decimal", 2, false),
                        new Column("CHANGED", "time", 0, false)),
                Map.of("lines", List.of(new Column("NO", "text", 0, false), new Column("SAYS", "text", 0, false))),
                """
                -- an order by in a comment is none
                select p.ID, p.NO, p.NAME, p.QTY, p.WORDS, p.AMT, p.CHANGED,
                  c.NO as 'lines.NO', c.SAYS as 'lines.SAYS'
                from trap p left join trap_line c on c.ID = p.ID and c.PNO = p.NO
                where p.CHANGED >= cast(:?from as char(19))
                order by p.ID, p.NO, c.NO
                """.replace("'", quote).replace(
                        "cast(:?from as char(19))", quote.equals("`") ? ":?from" : "cast(:?from as timestamp)"));
    }

    private static Pull numbers(String sql) {
        return pull(List.of("n"), List.of(new Column("n", "text", 0, false)), Map.of(), sql);
    }

    private static Pull pull(List<String> key, List<Column> columns, Map<String, List<Column>> children, String sql) {
        Pull.Cursor cursor = children.isEmpty() ? null : new Pull.Cursor("CHANGED", Duration.ofMinutes(5));
        return new Pull(
                "trap", List.of("bill"), key, cursor, columns, children, Map.of(), null, sql, Pull.Rejects.USUAL);
    }

    /** The numbers from 1 to 20,000 as we hash them; those that are apart are changed, or too many. */
    private record Numbers(Set<Integer> apart) implements Buckets {
        @Override
        public Map<String, Sum> level(Set<String> within, int digits) {
            Map<String, Sum> level = new HashMap<>();
            rows(
                    within,
                    (key, row, name, counted) -> level.merge(
                            String.format("%016x", key.high()).substring(0, digits),
                            new Sum(1, row.high() >>> 16, second(row)),
                            Sum::plus));
            return level;
        }

        private static long second(Key row) {
            return (row.high() & 0xFFFF) << 32 | row.low() >>> 32;
        }

        @Override
        public void rows(Set<String> within, Row each) {
            for (int n = 1; n <= 20_000; n++) {
                say(n, within, each);
            }
            apart.stream().filter(n -> n > 20_000).forEach(n -> say(n, within, each));
        }

        private void say(int n, Set<String> within, Row each) {
            Key key = Key.of("" + n);
            String hex = String.format("%016x", key.high());
            if (within.isEmpty() || within.stream().anyMatch(hex::startsWith)) {
                boolean isApart = apart.contains(n);
                each.see(key, Key.of(isApart ? "other" : "" + n), isApart ? "changed" : "" + n, Counted.AS_A_ROW);
            }
        }
    }
}
