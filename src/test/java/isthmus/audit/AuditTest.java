package isthmus.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit.Deed;
import isthmus.audit.AuditTrail.Filter;
import isthmus.audit.AuditTrail.Growth;
import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Finding;
import isthmus.audit.proof.Finding.Kind;
import isthmus.audit.proof.Inspection;
import isthmus.audit.proof.Merkle;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log in a real store: written by many, read back, and altered by somebody who owns the database. */
class AuditTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Store store = Store.fresh();
    private final Audit audit = new Audit(store.source, store.clock);
    private final AuditTrail trail = new AuditTrail(store.source);

    @TempDir
    Path folder;

    @Test
    void manyWritersMakeOneLogWithoutGaps() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(6);
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            String name = "w" + writer;
            for (int round = 0; round < 20; round++) {
                int size = 1 + (round * 7 + writer) % 13;
                boolean isGivenUp = round % 5 == 4;
                work.add(() -> {
                    attempt(deeds(name, size), isGivenUp);
                    return null;
                });
            }
        }
        for (Future<Void> done : writers.invokeAll(work)) {
            done.get();
        }
        writers.shutdown();

        Inspection.Report report = inspect();

        assertThat(report.findings()).isEmpty();
        assertThat(report.entries())
                .isEqualTo(store.count("audit"))
                .isEqualTo(store.sql
                        .sql("select max(id) from audit")
                        .query(Long.class)
                        .single());
        assertThat(store.sql
                        .sql("select count(*) from audit where detail = 'given up'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void attempt(List<Deed> deeds, boolean isGivenUp) throws SQLException {
        try (Connection connection = store.source.getConnection()) {
            connection.setAutoCommit(false);
            if (isGivenUp) {
                audit.write(connection, List.of(new Deed("x", "test", "x", "given up")));
                connection.rollback();
            }
            audit.write(connection, deeds);
            connection.commit();
        }
    }

    @Test
    void itGoesOnAfterARestart() {
        audit.write(deeds("before", 300));
        new Audit(store.source, store.clock).write(deeds("after", 300));

        assertThat(inspect())
                .extracting(Inspection.Report::isSound, Inspection.Report::entries)
                .containsExactly(true, 600L);
        assertThat(store.sql
                        .sql("select level || ' ' || place from audit_node order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("8 0", "8 1");
    }

    @Test
    void itProvesThatItHasOnlyGrownBetweenAnyTwoSizes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        audit.write(deeds("first", 1_500));
        byte[] early = trail.growth(0, 1_500).toRoot();
        audit.write(deeds("second", 1_100));

        for (int i = 0; i < 30; i++) {
            int to = random.nextInt(1, 2_601);
            int from = random.nextInt(to);
            Growth growth = trail.growth(from, to);
            assertThat(Merkle.grew(from, to, growth.fromRoot(), growth.toRoot(), growth.proof()))
                    .isTrue();
        }
        Growth all = trail.growth(1_500, 2_600);
        assertThat(all.fromRoot()).isEqualTo(early);
        assertThat(all.toRoot()).isEqualTo(inspect().root());
        assertThatThrownBy(() -> trail.growth(3, 2_601)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsWrittenIsReadBackWhateverItHolds() throws IOException {
        audit.write(List.of(
                new Deed("王", "test\u0001", "a\"b\\c\n\t", "𠮷 NUL \0, half \ud800, é, \u2028"),
                Deed.readInClear("ab12", "urn:x", "ticket 7"),
                Deed.erased("cd34", "urn:x", "asked for it")));

        assertThat(trail.before(Long.MAX_VALUE, Filter.ALL, 10))
                .extracting(Entry::number, Entry::action, Entry::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, "personal.erase", "asked for it"),
                        org.assertj.core.groups.Tuple.tuple(2L, "personal.read", "ticket 7"),
                        org.assertj.core.groups.Tuple.tuple(1L, "test\u0001", "𠮷 NUL ?, half ?, é, \u2028"));
        assertThat(inspect().isSound()).isTrue();
        assertThat(trail.export(folder)).isEqualTo(3);
        assertThat(Evidence.of(List.of(folder)).inspect().isSound()).isTrue();
    }

    @Test
    void aPageIsFilteredAndGoesOn() {
        audit.write(List.of(
                new Deed("a", "quarantine.drop", "piece 1", ""),
                new Deed("b", "quarantine.replay", "piece 2", ""),
                new Deed("a", "cursor.rewind", "till", "")));

        assertThat(numbers(Long.MAX_VALUE, new Filter("a", null, null))).containsExactly(3L, 1L);
        assertThat(numbers(3, new Filter("a", null, null))).containsExactly(1L);
        assertThat(numbers(Long.MAX_VALUE, new Filter(null, "quarantine.", null)))
                .containsExactly(2L, 1L);
        assertThat(numbers(Long.MAX_VALUE, new Filter(null, "quarantine.drop", null)))
                .containsExactly(1L);
        assertThat(numbers(Long.MAX_VALUE, new Filter(null, "quarantine", null)))
                .isEmpty();
        assertThat(numbers(Long.MAX_VALUE, new Filter(null, null, "till"))).containsExactly(3L);
    }

    @Test
    void aClockThatIsPutBackIsNotedAndOneThatIsALittleBehindWaits() {
        at(NOON).write(deeds("noon", 1));
        at(NOON.minusMillis(300)).write(deeds("a little behind", 1));
        at(NOON.minusSeconds(3_600)).write(deeds("an hour before", 1));
        at(NOON.minusSeconds(3_500)).write(deeds("later", 1));

        Inspection.Report report = inspect();

        assertThat(trail.before(Long.MAX_VALUE, Filter.ALL, 10))
                .extracting(entry -> entry.number() + " " + entry.at() + " " + entry.action())
                .containsExactly(
                        "5 " + NOON.minusSeconds(3_500) + " test",
                        "4 " + NOON.minusSeconds(3_600) + " test",
                        "3 " + NOON.minusSeconds(3_600) + " clock.back",
                        "2 " + NOON + " test",
                        "1 " + NOON + " test");
        assertThat(report.findings()).isEmpty();
        assertThat(report.setBack()).containsExactly(3L);
    }

    @Test
    void whatIsNotDoneIsNotWrittenAndWhatIsNotWrittenIsNotDone() {
        assertThatThrownBy(() -> audit.write(within -> {
                    throw new SQLException("not done");
                }))
                .hasRootCauseMessage("not done");
        audit.write(within -> List.of());

        assertThat(store.count("audit")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'nobody'",
                "delete from audit",
                "truncate audit",
                "update audit_node set level = 9",
                "delete from audit_node",
                "truncate audit_node",
                "delete from audit_head",
                "truncate audit_head",
                "update audit_tree set size = size",
                "update audit_tree set size = 0, peaks = ''",
                "delete from audit_tree",
                "truncate audit_tree"
            })
    void theStoreRefusesToForget(String change) {
        audit.write(deeds("w", 300));

        assertThatThrownBy(() -> store.sql.sql(change).update())
                .hasMessageMatching("(?s).*(takes rows and never changes one|the tree of the audit only grows).*");

        assertThat(inspect())
                .extracting(Inspection.Report::isSound, Inspection.Report::entries)
                .containsExactly(true, 300L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CHANGED    | 150 | update audit set detail = 'nothing' where id = 150
        CHANGED    | 150 | update audit set at = at + interval '1 microsecond' where id = 150
        CHANGED    | 150 | update audit set leaf = sha256(leaf) where id = 150
        MISSING    | 150 | delete from audit where id = 150
        CHANGED    | 150 | update audit a set detail = b.detail from audit b where a.id in (150, 152) and b.id = 302 - a.id
        CUT        | 291 | delete from audit where id > 290
        CHANGED    | 301 | insert into audit select 301, at, actor, action, subject, detail, leaf from audit where id = 1
        REWRITTEN  | 1   | update audit_tree set peaks = overlay(peaks placing '\\x00112233' from 1)
        REWRITTEN  | 1   | update audit_tree set peaks = '\\x00'
        """)
    void whoeverOwnsTheDatabaseIsFound(Kind kind, long number, String change) throws SQLException {
        audit.write(numbered(300));

        forced(change);

        List<Finding> findings = inspect().findings();
        assertThat(findings.get(0)).extracting(Finding::kind, Finding::number).containsExactly(kind, number);
        assertThat(findings.get(0).text()).containsPattern("(entry|entries) " + number + "\\b");
    }

    @Test
    void nothingIsWrittenBehindRowsThatTheHubHasNotWritten() throws SQLException {
        audit.write(deeds("w", 3));
        Entry own = new Entry(4, NOON.plusSeconds(999_999_999), "dba", "test", "x", "never happened");
        String leaf = HexFormat.of().formatHex(own.leaf());
        forced("insert into audit values (4, '%s', 'dba', 'test', 'x', 'never happened', '\\x%s')"
                .formatted(own.at(), leaf));

        assertThat(inspect().findings())
                .containsExactly(new Finding(Kind.REWRITTEN, 4, "entries 4 to 4 were not written by the hub"));
        assertThatThrownBy(() -> audit.write(deeds("w", 1))).hasMessageContaining("the audit cannot be written");
    }

    @Test
    void anExportLeavesNothingHalf() throws IOException {
        audit.write(deeds("w", 2_500));

        trail.export(folder);
        trail.export(folder);

        assertThat(Files.readAllLines(folder.resolve(Evidence.LOG))).hasSize(2_500);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private List<Long> numbers(long before, Filter filter) {
        return trail.before(before, filter, 10).stream().map(Entry::number).toList();
    }

    private Inspection.Report inspect() {
        try {
            return trail.inspect(Evidence.of(List.of()));
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private Audit at(Instant now) {
        return new Audit(store.source, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Past the triggers, as only their owner can. */
    private void forced(String change) throws SQLException {
        try (Connection connection = store.source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(change);
            statement.execute("set session_replication_role = origin");
        }
    }

    private static List<Deed> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Deed("w", "test", "x", "deed " + i))
                .toList();
    }

    private static List<Deed> deeds(String actor, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Deed(actor, "test", "x", "y"))
                .toList();
    }
}
