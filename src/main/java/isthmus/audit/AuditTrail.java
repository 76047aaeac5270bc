package isthmus.audit;

import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Finding;
import isthmus.audit.proof.Head;
import isthmus.audit.proof.Inspection;
import isthmus.audit.proof.Merkle;
import isthmus.audit.proof.Peaks;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads what is written in the audit: a page, the whole as files, its heads, and the proofs that it has only grown. */
public final class AuditTrail {
    private static final int FETCHED = 1_000;
    private static final String ROW = "select id, at, actor, action, subject, detail, leaf from audit";
    private static final String HEAD = "select size, at, root, key, signature from audit_head";

    private final DataSource store;

    public AuditTrail(DataSource store) {
        this.store = store;
    }

    /** Which entries; a part that is null lets everything through. An action ends with a dot for all that begin so. */
    public record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String subject) {
        public static final Filter ALL = new Filter(null, null, null);
    }

    /**
     * That a log has only grown.
     *
     * @param proof of RFC 6962, section 2.1.2
     */
    public record Growth(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {}

    /**
     * That an entry is one of the first so many.
     *
     * @param path of RFC 6962, section 2.1.1
     */
    public record Membership(Entry.Line line, long size, byte[] root, List<byte[]> path) {}

    /** Entries with a smaller number, the newest first. */
    public List<Entry> before(long number, Filter filter, int atMost) {
        return JdbcClient.create(store)
                .sql(ROW + " where id < :number and (cast(:actor as text) is null or actor = :actor)"
                        + " and (cast(:action as text) is null or action = :action"
                        + " or right(cast(:action as text), 1) = '.' and starts_with(action, cast(:action as text)))"
                        + " and (cast(:subject as text) is null or subject = :subject)"
                        + " order by id desc limit :most")
                .param("number", number)
                .param("actor", filter.actor())
                .param("action", filter.action())
                .param("subject", filter.subject())
                .param("most", atMost)
                .query((row, n) -> line(row).entry())
                .list();
    }

    /** The newest one that was signed. */
    public Optional<Head> head() {
        return JdbcClient.create(store)
                .sql(HEAD + " order by id desc limit 1")
                .query((row, n) -> head(row))
                .optional();
    }

    /**
     * That what stood in the log at one size still stands in it at another.
     *
     * @throws IllegalArgumentException where the sizes are not such that it could
     */
    public Growth growth(long from, long to) {
        return ask(within -> growth(within, from, to));
    }

    static Growth growth(Connection within, long from, long to) throws SQLException {
        long size = peaks(within).size();
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException("0 <= from <= to <= " + size);
        }
        Merkle.Nodes nodes = new StoredNodes(within);
        return new Growth(
                from, Merkle.root(from, nodes), to, Merkle.root(to, nodes), Merkle.consistency(from, to, nodes));
    }

    /**
     * That an entry stands in the log at a size; empty where there is none of this number.
     *
     * @throws IllegalArgumentException where the log was never of that size, or did not have it then
     */
    public Optional<Membership> membership(long number, long size) {
        return ask(within -> {
            Optional<Entry.Line> found = JdbcClient.create(new SingleConnectionDataSource(within, true))
                    .sql(ROW + " where id = ?")
                    .param(number)
                    .query((row, n) -> line(row))
                    .optional();
            if (found.isPresent() && (size < number || size > peaks(within).size())) {
                throw new IllegalArgumentException(
                        number + " to " + peaks(within).size());
            }
            Merkle.Nodes nodes = new StoredNodes(within);
            return found.map(line ->
                    new Membership(line, size, Merkle.root(size, nodes), Merkle.inclusion(number - 1, size, nodes)));
        });
    }

    /** Compares the log in the store with its heads, those in the store and others that evidence brings. */
    public Inspection.Report inspect(Evidence evidence) {
        return ask(within -> {
            Inspection inspection = evidence.inspection(heads(within), Set.of());
            lines(within, inspection::take);
            Inspection.Report report = inspection.end();
            List<Finding> findings = new ArrayList<>(report.findings());
            if (report.isSound()) {
                claim(within, report).ifPresent(findings::add);
            }
            return report.with(findings);
        });
    }

    /** The tree that the store remembers is one more witness, though one that whoever alters the log can alter too. */
    private static Optional<Finding> claim(Connection within, Inspection.Report report) throws SQLException {
        Peaks peaks;
        try {
            peaks = peaks(within);
        } catch (IllegalStateException none) {
            return Optional.of(new Finding(
                    Finding.Kind.REWRITTEN,
                    report.vouched() + 1,
                    "what the store remembers of the log, from entry %d on, was altered: %s"
                            .formatted(report.vouched() + 1, none.getMessage())));
        }
        long entries = report.entries();
        if (peaks.size() > entries) {
            String text = "the log ends before entry %d, and the store remembers %d: entries %d to %d are cut off"
                    .formatted(entries + 1, peaks.size(), entries + 1, peaks.size());
            return Optional.of(new Finding(Finding.Kind.CUT, entries + 1, text));
        }
        if (peaks.size() < entries) {
            String text = "entries %d to %d were not written by the hub".formatted(peaks.size() + 1, entries);
            return Optional.of(new Finding(Finding.Kind.REWRITTEN, peaks.size() + 1, text));
        }
        if (!MessageDigest.isEqual(peaks.root(), report.root())) {
            String text = "entries %d to %d are not those that the store remembers: they were rewritten"
                    .formatted(report.vouched() + 1, entries);
            return Optional.of(new Finding(Finding.Kind.REWRITTEN, report.vouched() + 1, text));
        }
        return Optional.empty();
    }

    /**
     * Writes the log as it is at one moment, its heads and their public keys, as {@link Evidence} reads them.
     *
     * @return how many entries
     */
    public long export(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve(Evidence.LOG + ".part");
        long[] entries = {0};
        try (BufferedWriter out = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            List<Head> heads = ask(within -> {
                lines(within, line -> {
                    write(out, line.text());
                    entries[0]++;
                });
                return heads(within);
            });
            StringBuilder text = new StringBuilder();
            for (Head head : heads) {
                text.append(head.line()).append('\n');
                Files.writeString(folder.resolve(Evidence.pem(head.key())), Evidence.armoured(head.key()));
            }
            Files.writeString(folder.resolve(Evidence.HEADS), text);
        } catch (UncheckedIOException full) {
            throw new IOException(full.getMessage(), full);
        }
        Files.move(log, folder.resolve(Evidence.LOG), StandardCopyOption.REPLACE_EXISTING);
        return entries[0];
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.append(line).append('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** @throws IllegalStateException where what the store remembers is no tree */
    static Peaks peaks(Connection within) throws SQLException {
        try (PreparedStatement select = within.prepareStatement("select size, peaks from audit_tree");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("the tree of the audit is gone");
            }
            return Peaks.of(row.getLong(1), row.getBytes(2));
        } catch (IllegalArgumentException touched) {
            throw new IllegalStateException("the tree of the audit is none", touched);
        }
    }

    private static List<Head> heads(Connection within) {
        return JdbcClient.create(new SingleConnectionDataSource(within, true))
                .sql(HEAD + " order by id")
                .query((row, n) -> head(row))
                .list();
    }

    private static void lines(Connection within, Consumer<Entry.Line> each) throws SQLException {
        try (PreparedStatement select = within.prepareStatement(ROW + " order by id")) {
            select.setFetchSize(FETCHED);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.accept(line(row));
                }
            }
        }
    }

    private interface Question<T> {
        T ask(Connection within) throws SQLException;
    }

    /** All of it at one moment. */
    private <T> T ask(Question<T> question) {
        try (Connection connection = store.getConnection()) {
            boolean isEach = connection.getAutoCommit();
            int usual = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return question.ask(connection);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(usual);
                connection.setAutoCommit(isEach);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the audit cannot be read", away);
        }
    }

    private static Entry.Line line(ResultSet row) throws SQLException {
        Entry entry = new Entry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
        return new Entry.Line(entry, row.getBytes(7));
    }

    static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getBytes(3),
                row.getBytes(4),
                row.getBytes(5));
    }
}
