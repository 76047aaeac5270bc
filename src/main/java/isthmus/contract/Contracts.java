package isthmus.contract;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every pull's source object was agreed to give. What is new, wider or unread is agreed to by itself and told; what a
 * pull reads and cannot rely on any more waits for a person.
 */
public final class Contracts {
    private static final Logger LOG = LoggerFactory.getLogger(Contracts.class);
    private static final String HUB = "isthmus";

    private final Supplier<Catalog> catalog;
    private final Ledger ledger;
    private final Audit audit;
    private final Present present;

    /**
     * @param catalog what routes/ says when it is asked
     * @param present how a source object is looked at now
     */
    public Contracts(Supplier<Catalog> catalog, DataSource store, Clock clock, Present present) {
        this.catalog = catalog;
        this.ledger = new Ledger(store, clock);
        this.audit = new Audit(store, clock);
        this.present = present;
    }

    /** Looks at a source object without reading its records. */
    public interface Present {
        /** The contract of today; empty for an object that shows it only in its records. */
        Optional<Contract> of(LegacySystem system, Pull pull, Optional<Contract> agreed)
                throws SQLException, IOException;
    }

    /** What counts, since when, and who said so. */
    public record Agreed(Contract contract, OffsetDateTime at, String reason, String by) {}

    /**
     * How one pull stands.
     *
     * @param agreed null before its first pull
     * @param now what is there, or was there when it was last read; null when nobody knows
     * @param unknown why its source could not be asked, or null
     */
    public record Standing(
            String system,
            String pull,
            @Nullable Agreed agreed,
            @Nullable Contract now,
            Drift drift,
            @Nullable String unknown) {}

    /**
     * Looks at a source object before it is pulled and compares.
     *
     * @return what has changed and was not agreed to yet; only a breaking drift should stop the pull
     */
    public Drift look(LegacySystem system, Pull pull, long run) throws SQLException, IOException {
        Optional<Agreed> agreed = ledger.agreed(system.name(), pull.name());
        Optional<Contract> now = present.of(system, pull, agreed.map(Agreed::contract));
        return now.isEmpty() ? Drift.NONE : compare(system, pull, agreed, now.get(), run);
    }

    /** The same for an object that has just been read and shows itself whole, like the header of a file. */
    public Drift seen(LegacySystem system, Pull pull, Contract now, long run) {
        return compare(system, pull, ledger.agreed(system.name(), pull.name()), now, run);
    }

    /**
     * The same for one that shows only what it happens to hold: what is missing there is not gone. Where its description is
     * known, that counts.
     */
    public Drift seenInPart(LegacySystem system, Pull pull, Contract now, long run) {
        Optional<Agreed> agreed = ledger.agreed(system.name(), pull.name());
        if (agreed.map(Agreed::contract).filter(Contract::tellsTypes).isPresent()) {
            return Drift.NONE;
        }
        Contract all = agreed.filter(before -> before.contract().question().equals(now.question()))
                .map(before -> now.with(before.contract()))
                .orElse(now);
        return compare(system, pull, agreed, all, run);
    }

    private Drift compare(LegacySystem system, Pull pull, Optional<Agreed> agreed, Contract now, long run) {
        ledger.see(system.name(), pull.name(), now, run);
        if (agreed.isEmpty()) {
            ledger.agree(system.name(), pull.name(), now, "seen for the first time", HUB);
            return Drift.NONE;
        }
        Contract before = agreed.get().contract();
        if (before.fingerprint().equals(now.fingerprint())) {
            return Drift.NONE;
        }
        if (!before.question().equals(now.question())) {
            ledger.agree(system.name(), pull.name(), now, "another question is asked", HUB);
            return Drift.NONE;
        }
        Drift drift = Drift.between(before, now, Contract.read(pull));
        if (!drift.isBreaking() && now.tellsTypes() && !before.tellsTypes()) {
            ledger.agree(system.name(), pull.name(), now, "what was only seen is described now", HUB);
            return Drift.NONE;
        }
        if (!drift.isBreaking()) {
            LOG.warn(
                    "{}.{} gives something else, nothing that is read has changed: {}",
                    system.name(),
                    pull.name(),
                    drift.text());
            ledger.agree(system.name(), pull.name(), now, Ledger.UNREAD + drift.text(), HUB);
        }
        return drift;
    }

    /** How the pulls stand now, of one system or of all. */
    public List<Standing> standings(@Nullable String only) {
        List<Standing> standings = new ArrayList<>();
        for (LegacySystem system : catalog.get().systems()) {
            if (only == null || only.equals(system.name())) {
                system.pulls().forEach(pull -> standings.add(standing(system, pull)));
            }
        }
        return standings;
    }

    private Standing standing(LegacySystem system, Pull pull) {
        Optional<Agreed> agreed = ledger.agreed(system.name(), pull.name());
        Contract now = null;
        String unknown = null;
        try {
            now = present.of(system, pull, agreed.map(Agreed::contract))
                    .or(() -> ledger.lastSeen(system.name(), pull.name()))
                    .orElse(null);
        } catch (SQLException away) {
            unknown = "it cannot be asked: SQLState " + away.getSQLState();
        } catch (IOException away) {
            unknown = "it cannot be asked: " + away.getClass().getSimpleName();
        }
        boolean isComparable = agreed.isPresent()
                && now != null
                && agreed.get().contract().question().equals(now.question());
        Drift drift = isComparable && now != null
                ? Drift.between(agreed.get().contract(), now, Contract.read(pull))
                : Drift.NONE;
        return new Standing(system.name(), pull.name(), agreed.orElse(null), now, drift, unknown);
    }

    /**
     * Agrees to what is there now.
     *
     * @param only one pull, or null for every pull of the system
     * @return what has been agreed to; empty when nothing differed
     */
    public List<Standing> accept(String system, @Nullable String only, String reason, String by) {
        List<Standing> accepted = new ArrayList<>();
        for (Standing standing : standings(system)) {
            Contract now = standing.now();
            if (now != null && !standing.drift().isNone() && (only == null || only.equals(standing.pull()))) {
                audit.write(List.of(new Deed(by, "contract.accept", system + " " + standing.pull(), reason)));
                ledger.see(system, standing.pull(), now, 0);
                ledger.agree(system, standing.pull(), now, reason, by);
                accepted.add(standing);
            }
        }
        return accepted;
    }
}
