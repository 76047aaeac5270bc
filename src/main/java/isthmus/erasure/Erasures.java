package isthmus.erasure;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.security.seal.Opener;
import isthmus.store.Quarantines;
import isthmus.store.RawObjects;
import isthmus.store.Runs;
import isthmus.store.Tombstones;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erases persons: somebody asks for it, somebody else says yes, and then it is done at once. Each step is in the audit, in the
 * transaction that makes it.
 */
public final class Erasures {
    /** A system that shows the person again and again at the very moment is asked so often. */
    private static final int TRIES = 5;

    private static final String UNIFIED = "unifiedcustomer";
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    private final JdbcClient sql;
    private final Tombstones tombstones;
    private final Runs runs;
    private final Audit audit;
    private final Leftovers leftovers;
    private final Clock clock;

    public Erasures(DataSource store, Opener opener, Tombstones tombstones, Runs runs, Audit audit, Clock clock) {
        this.sql = JdbcClient.create(store);
        this.tombstones = tombstones;
        this.runs = runs;
        this.audit = audit;
        this.leftovers = new Leftovers(sql, new RawObjects(store, opener), new Quarantines(store, opener));
        this.clock = clock;
    }

    /** Why something cannot be said. */
    public static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean isUnknown;

        private Unfit(String what, boolean isUnknown) {
            super(what);
            this.isUnknown = isUnknown;
        }

        /** Whether there is no such person, or no such request. */
        public boolean isUnknown() {
            return isUnknown;
        }
    }

    /**
     * Asks for a person to be erased.
     *
     * @param subject a customer or a unified customer by its id
     * @param reason in one line without personal data
     * @param ticket the number under which it was asked for
     * @throws Unfit where there is no such person, or it is asked for already
     */
    public Erasure request(String subject, String reason, String ticket, String by) {
        if (Person.of(sql, subject).customers().isEmpty()) {
            throw new Unfit("the store has no such customer", true);
        }
        if (!Audit.TICKET.matcher(ticket).matches()) {
            throw new Unfit("a ticket is the number under which it was asked for: DSR-2026-17", false);
        }
        AtomicLong number = new AtomicLong();
        audit.write(within -> {
            try (var insert = within.prepareStatement("insert into erasure (subject, reason, ticket, requested_by,"
                    + " requested_at) values (?, ?, ?, ?, ?) on conflict do nothing returning number")) {
                insert.setString(1, subject);
                insert.setString(2, reason);
                insert.setString(3, ticket);
                insert.setString(4, by);
                insert.setObject(5, now());
                try (var row = insert.executeQuery()) {
                    if (!row.next()) {
                        throw new Unfit("that person's erasure is asked for already", false);
                    }
                    number.set(row.getLong(1));
                }
            }
            return List.of(new Deed(by, "erasure.request", subject, reason + ", ticket " + ticket));
        });
        return get(number.get()).orElseThrow();
    }

    /**
     * Says yes to a request of somebody else, and carries it out.
     *
     * @throws Unfit where there is none, it is decided already, or it is one's own
     */
    public Erasure approve(long number, String reason, String by) {
        decide(number, "approved", reason, by);
        carryOut(get(number).orElseThrow());
        return get(number).orElseThrow();
    }

    /** Says no; one may take back one's own. */
    public Erasure refuse(long number, String reason, String by) {
        decide(number, "refused", reason, by);
        return get(number).orElseThrow();
    }

    private void decide(long number, String state, String reason, String by) {
        Erasure asked = get(number).orElseThrow(() -> new Unfit("there is no request " + number, true));
        boolean isOwn = asked.requestedBy().equals(by);
        if (isOwn && state.equals("approved")) {
            throw new Unfit("whoever asks for an erasure cannot approve it: it takes two persons", false);
        }
        audit.write(within -> {
            try (var update = within.prepareStatement("update erasure set state = ?, decided_by = ?, decided_at = ?"
                    + " where number = ? and state = 'requested'")) {
                update.setString(1, state);
                update.setString(2, isOwn ? null : by);
                update.setObject(3, now());
                update.setLong(4, number);
                if (update.executeUpdate() != 1) {
                    throw new Unfit("request " + number + " is " + asked.state() + " already", false);
                }
            }
            return List.of(new Deed(by, "erasure." + state, asked.subject(), "request " + number + ": " + reason));
        });
    }

    /** Goes on with what was approved when the hub stopped. */
    public void resume() {
        for (Erasure begun : sql.sql("select " + Erasure.COLUMNS + " from erasure where state = 'approved'")
                .query(Erasure::of)
                .list()) {
            LOG.info("going on with the erasure of request {}", begun.number());
            carryOut(begun);
        }
    }

    /** The newest first. */
    public List<Erasure> list(int limit) {
        return sql.sql("select " + Erasure.COLUMNS + " from erasure order by number desc limit ?")
                .param(limit)
                .query(Erasure::of)
                .list();
    }

    public Optional<Erasure> get(long number) {
        return sql.sql("select " + Erasure.COLUMNS + " from erasure where number = ?")
                .param(number)
                .query(Erasure::of)
                .optional();
    }

    private void carryOut(Erasure erasure) {
        Person person = Person.of(sql, erasure.subject());
        for (int i = 0; i < TRIES; i++) {
            bury(person);
            if (destroyed(erasure, person)) {
                return;
            }
        }
        throw new IllegalStateException("a system goes on showing the person; approve the erasure again");
    }

    /** So that the feed tells that the person is gone, as it tells of every other delete. */
    private void bury(Person person) {
        person.bySystem().forEach((system, ids) -> bury(system, "customer", ids));
        if (!person.unified().isEmpty()) {
            bury("hub", UNIFIED, person.unified());
        }
    }

    private void bury(String system, String entity, List<String> ids) {
        long asOf = tombstones.asOf();
        long run = runs.begin(system, "erasure");
        tombstones.bury(run, system, "erasure", entity, ids, asOf, now());
        runs.end(run);
    }

    private boolean destroyed(Erasure erasure, Person person) {
        Map<String, Set<String>> words = person.words();
        List<String> pages = leftovers.pages(words);
        List<Long> refusals = leftovers.refusals(words);
        boolean[] isDone = new boolean[1];
        audit.write(within -> {
            Effacement effacement = new Effacement(within, person, clock.instant());
            if (!effacement.isBuried()) {
                return List.of();
            }
            Erasure.Destroyed destroyed = effacement.destroy(pages, refusals);
            effacement.done(erasure.number(), destroyed);
            isDone[0] = true;
            return List.of(Deed.erased(
                    "hub",
                    erasure.subject(),
                    "request " + erasure.number() + " of " + erasure.requestedBy() + ", approved by "
                            + erasure.decidedBy() + ": " + destroyed));
        });
        return isDone[0];
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
