package isthmus.identity;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.identity.Link.State;
import isthmus.security.seal.Seals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Takes the word of a person about two records into the log and the audit; no night overrules it until it is taken back. */
public final class Decisions {
    private static final String PERSON = "PERSON";
    private static final String USER = "user:";
    private static final String LOCKED = "55P03";

    private final DataSource store;
    private final JdbcClient sql;
    private final Audit audit;
    private final Clock clock;
    private final Seals seals;
    private final Corrections corrections;

    /** What a person says. */
    public enum Word {
        /** They are one. */
        LINK,
        /** They are not. */
        REJECT,
        /** Nothing: what was said is taken back, and the next night decides again. */
        UNDO;

        /** The word of that name, in small letters. */
        public static Optional<Word> of(@Nullable String name) {
            for (Word word : values()) {
                if (word.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(word);
                }
            }
            return Optional.empty();
        }

        private State state() {
            return switch (this) {
                case LINK -> State.LINKED;
                case REJECT -> State.VETOED;
                case UNDO -> State.ENDED;
            };
        }

        private @Nullable String reason() {
            return switch (this) {
                case LINK -> null;
                case REJECT -> "rejected";
                case UNDO -> "undone";
            };
        }
    }

    /** Records about which nothing can be said, as they are not there or nothing that a person decides about. */
    public static final class Unfit extends RuntimeException {
        private final String side;
        private final boolean isUnknown;

        Unfit(String side, String what) {
            super(what);
            this.side = side;
            this.isUnknown = false;
        }

        private Unfit(String side) {
            super("the store has no such record");
            this.side = side;
            this.isUnknown = true;
        }

        static Unfit unknown(String side) {
            return new Unfit(side);
        }

        /** What of it: {@code left} or {@code right} of two, else by the name of the parameter. */
        public String side() {
            return side;
        }

        /** Whether the store has no such record. */
        public boolean isUnknown() {
            return isUnknown;
        }
    }

    /** That is so already, or there is nothing to take back. */
    public static final class Needless extends RuntimeException {
        Needless(String what) {
            super(what);
        }
    }

    /** The links are being brought up to date; it can be said in a minute. */
    public static final class NightLinks extends RuntimeException {
        NightLinks(Throwable cause) {
            super("a night is linking; say it again in a minute", cause);
        }
    }

    /**
     * A decision.
     *
     * @param before what stood until then; null where nothing did
     * @param after what stands from now on; as it was, where nothing was written yet
     */
    public record Decided(@Nullable Link before, Link after) {}

    /**
     * Where a value of a unified customer is set; the value itself is not told again.
     *
     * @param record that it goes with
     * @param isTakenBack whether from now on the systems are asked again
     */
    public record Corrected(String record, String path, boolean isTakenBack) {}

    public Decisions(DataSource store, Audit audit, IdentityRules rules, Clock clock, Seals seals) {
        this.seals = seals;
        this.corrections = new Corrections(store, audit, rules.survivorship(), clock, seals.sealer());
        this.store = store;
        this.sql = JdbcClient.create(store);
        this.audit = audit;
        this.clock = clock;
    }

    /** What would be written, without writing it; refuses the same. */
    public Decided look(String left, String right, Word word, String by) {
        return decided(sql, left, right, word, by);
    }

    /**
     * Writes it down.
     *
     * @param by the account of the person
     * @param reason kept in the audit
     * @throws Unfit where the records are not such as can be linked
     * @throws Needless where it is so already
     * @throws NightLinks where it had to wait too long for a night
     */
    public Decided say(String left, String right, Word word, String reason, String by) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                JdbcClient within = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                // Nobody else decides meanwhile, and a night that is under way is not waited for without end.
                within.sql("set local lock_timeout = '10s'").update();
                within.sql("lock table link_log in share row exclusive mode").update();
                Decided decided = decided(within, left, right, word, by);
                write(within, decided.after(), decided.before());
                String subject = decided.after().left() + " " + decided.after().right();
                audit.write(
                        connection,
                        List.of(new Deed(by, "identity." + word.name().toLowerCase(Locale.ROOT), subject, reason)));
                Link written = Links.between(within, left, right).orElse(decided.after());
                connection.commit();
                return new Decided(decided.before(), written);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (DataAccessException fault) {
            throw fault.getRootCause() instanceof SQLException cause && LOCKED.equals(cause.getSQLState())
                    ? new NightLinks(fault)
                    : fault;
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the decision cannot be written", away);
        }
    }

    /** What {@link #set} would write, without writing it; refuses the same. */
    public Corrected look(String id, String path, @Nullable String value) {
        return corrections.look(id, path, value);
    }

    /**
     * Sets a value of a unified customer, from the next night on.
     *
     * @param id of it, or of a record of a customer
     * @param path {@code /name} for example
     * @param value null to take back what was set
     * @param reason kept in the audit, which the value is not
     * @throws Unfit where it cannot be set
     */
    public Corrected set(String id, String path, @Nullable String value, String reason, String by) {
        return corrections.set(id, path, value, reason, by);
    }

    private Decided decided(JdbcClient within, String left, String right, Word word, String by) {
        if (left.equals(right)) {
            throw new Unfit("right", "one record is not two");
        }
        Link before = Links.between(within, left, right).orElse(null);
        boolean isSaid = before != null && before.by().startsWith(USER) && before.state() != State.ENDED;
        if (word == Word.UNDO) {
            if (before == null || !isSaid) {
                throw new Needless("nobody has said anything about the two that could be taken back");
            }
            return new Decided(before, after(before.left(), before.right(), before, word, by));
        }
        Party one = Party.of(within, seals.opener(), "left", left);
        Party other = Party.of(within, seals.opener(), "right", right);
        if (!one.isCustomer() && !other.isCustomer()) {
            throw new Unfit("right", "two accounts; a customer is linked with an account or another customer");
        }
        if (before != null && isSaid && before.state() == word.state()) {
            throw new Needless("that is so already, by " + before.by() + " since " + before.at());
        }
        boolean isTurned = one.isCustomer() && (!other.isCustomer() || left.compareTo(right) > 0);
        return new Decided(before, after(isTurned ? right : left, isTurned ? left : right, before, word, by));
    }

    private Link after(String left, String right, @Nullable Link before, Word word, String by) {
        String evidence = before == null ? "[{\"rule\": \"" + PERSON + "\"}]" : "[]";
        return new Link(
                left,
                right,
                before == null ? PERSON : before.rule(),
                word.state(),
                word.reason(),
                Evidence.sentences(evidence, word.reason()),
                LinkRule.VERSION,
                USER + by,
                null,
                OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)));
    }

    /** What spoke for the two before a person did, goes on speaking for them. */
    private static void write(JdbcClient within, Link after, @Nullable Link before) {
        within.sql(
                        "insert into link_log (left_id, right_id, rule, state, reason, evidence, rules_version, decided_by, at)"
                                + " values (:left, :right, :rule, :state, :reason,"
                                + " coalesce((select evidence from link_log where left_id = :left and right_id = :right"
                                + " order by id desc limit 1), jsonb_build_array(jsonb_build_object('rule', :rule))),"
                                + " :version, :by, :at)")
                .param("left", after.left())
                .param("right", after.right())
                .param("rule", after.rule())
                .param("state", after.state().word())
                .param("reason", after.reason())
                .param("version", after.version())
                .param("by", after.by())
                .param("at", after.at())
                .update();
    }
}
