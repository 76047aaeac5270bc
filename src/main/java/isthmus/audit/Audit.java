package isthmus.audit;

import isthmus.audit.proof.Entry;
import isthmus.audit.proof.Inspection;
import isthmus.audit.proof.Peaks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The book of what people had the hub do, in the store's table {@code audit}, which takes rows and never changes one. Each
 * row is a leaf of a Merkle tree, numbered without gaps in the order in which it was written.
 */
public final class Audit {
    /** The number under which something was asked for or agreed, as people's own systems have it. */
    public static final Pattern TICKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}");

    private static final int BATCH = 1_000;

    /** The clocks of two hubs differ by so much at most; more is a clock that was put back. */
    private static final Duration APART = Duration.ofSeconds(5);

    private final DataSource store;
    private final Clock clock;

    public Audit(DataSource store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One thing that was done.
     *
     * @param actor the account of the person, or {@code hub}
     * @param action {@code repair.different} for example
     * @param subject what it was done to, by its id
     * @param detail in words, without personal data
     */
    public record Deed(String actor, String action, String subject, String detail) {

        /** Somebody has read personal data in clear, for a purpose. */
        public static Deed readInClear(String actor, String subject, String purpose) {
            return new Deed(actor, "personal.read", subject, purpose);
        }

        /** Somebody has had a person's data erased. */
        public static Deed erased(String actor, String subject, String reason) {
            return new Deed(actor, "personal.erase", subject, reason);
        }
    }

    /**
     * Who has something done, and why.
     *
     * @param actor the account of the person, or {@code hub}
     * @param why in words, without personal data; empty where it was not said
     */
    public record By(String actor, String why) {
        public static final By HUB = new By("hub", "");

        public Deed did(String action, String subject, String detail) {
            return new Deed(actor, action, subject, why.isEmpty() ? detail : detail + ": " + why);
        }
    }

    /** Something that is done in a transaction, and says what it has done. */
    @FunctionalInterface
    public interface Work {
        List<Deed> in(Connection within) throws SQLException;
    }

    /** Writes them down in one transaction; throws when they cannot be, so that nothing is done unseen. */
    public void write(List<Deed> deeds) {
        write(within -> deeds);
    }

    /** Does it and writes it down in one transaction, so that it is either both or neither. */
    public void write(Work work) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                write(connection, work.in(connection));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the audit cannot be written", away);
        }
    }

    /**
     * Writes them down within the transaction that does them, so that it is either both or neither. Until it ends nobody
     * else writes: it comes last in a transaction.
     */
    public void write(Connection within, List<Deed> deeds) throws SQLException {
        if (deeds.isEmpty()) {
            return;
        }
        Tree tree = Tree.locked(within);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Deed> all = new ArrayList<>(deeds);
        if (tree.last != null && now.isBefore(tree.last)) {
            Duration back = Duration.between(now, tree.last);
            if (back.compareTo(APART) <= 0) {
                now = tree.last;
            } else {
                all.add(0, new Deed("hub", Inspection.CLOCK_BACK, "audit", "the clock was put back by " + back));
            }
        }
        for (int from = 0; from < all.size(); from += BATCH) {
            append(within, tree, now, all.subList(from, Math.min(from + BATCH, all.size())));
        }
        tree.keep(within, now);
    }

    private static void append(Connection within, Tree tree, Instant now, List<Deed> deeds) throws SQLException {
        int rows = deeds.size();
        Long[] numbers = new Long[rows];
        String[][] texts = new String[4][rows];
        byte[][] leaves = new byte[rows][];
        for (int i = 0; i < rows; i++) {
            Deed deed = deeds.get(i);
            Entry entry = new Entry(
                    tree.peaks.size() + 1,
                    now,
                    clean(deed.actor()),
                    clean(deed.action()),
                    clean(deed.subject()),
                    clean(deed.detail()));
            numbers[i] = entry.number();
            texts[0][i] = entry.actor();
            texts[1][i] = entry.action();
            texts[2][i] = entry.subject();
            texts[3][i] = entry.detail();
            leaves[i] = entry.leaf();
            tree.peaks.add(leaves[i], tree::note);
        }
        try (PreparedStatement insert = within.prepareStatement(
                "insert into audit (id, at, actor, action, subject, detail, leaf) select id, ?, actor, action, subject,"
                        + " detail, leaf from unnest(?, ?, ?, ?, ?, ?) as t (id, actor, action, subject, detail, leaf)")) {
            insert.setObject(1, now.atOffset(ZoneOffset.UTC));
            insert.setArray(2, within.createArrayOf("int8", numbers));
            for (int i = 0; i < texts.length; i++) {
                insert.setArray(3 + i, within.createArrayOf("text", texts[i]));
            }
            insert.setArray(7, within.createArrayOf("bytea", leaves));
            insert.executeUpdate();
        }
    }

    /** As the store will give it back: half surrogates and NUL it cannot hold. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
    }

    /** The tree as it has grown so far; whoever has it locked writes alone. */
    private static final class Tree {
        private final Peaks peaks;
        private final @Nullable Instant last;
        private final List<Node> complete = new ArrayList<>();

        private record Node(int level, long place, byte[] hash) {}

        private Tree(Peaks peaks, @Nullable Instant last) {
            this.peaks = peaks;
            this.last = last;
        }

        static Tree locked(Connection within) throws SQLException {
            try (PreparedStatement select =
                            within.prepareStatement("select size, peaks, at from audit_tree for update");
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("the tree of the audit is gone");
                }
                OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
                return new Tree(Peaks.of(row.getLong(1), row.getBytes(2)), at == null ? null : at.toInstant());
            }
        }

        private void note(int level, long place, byte[] hash) {
            if (StoredNodes.isKept(level)) {
                complete.add(new Node(level, place, hash));
            }
        }

        private void keep(Connection within, Instant now) throws SQLException {
            try (PreparedStatement insert =
                    within.prepareStatement("insert into audit_node (level, place, hash) values (?, ?, ?)")) {
                for (Node node : complete) {
                    insert.setInt(1, node.level());
                    insert.setLong(2, node.place());
                    insert.setBytes(3, node.hash());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (PreparedStatement update =
                    within.prepareStatement("update audit_tree set size = ?, peaks = ?, at = ?")) {
                update.setLong(1, peaks.size());
                update.setBytes(2, peaks.bytes());
                update.setObject(3, now.atOffset(ZoneOffset.UTC));
                update.executeUpdate();
            }
        }
    }
}
