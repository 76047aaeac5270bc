package isthmus.flow;

import isthmus.contract.Contract;
import isthmus.contract.Contracts;
import isthmus.contract.Drift;
import isthmus.contract.Term;
import isthmus.model.Reason;
import isthmus.source.ContractBroken;
import isthmus.source.Extraction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agreement of a hub that stores: what every object gives is kept, and what breaks it stops that pull alone. */
final class KeptContracts implements Agreement {
    private static final Logger LOG = LoggerFactory.getLogger(KeptContracts.class);

    private final Contracts contracts;

    KeptContracts(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public void check(Extraction extraction) {
        try {
            stopIfBroken(extraction, contracts.look(extraction.system(), extraction.pull(), extraction.run()));
        } catch (SQLException | IOException away) {
            // The pull is about to ask the same server, and tells it better.
            LOG.debug("{} cannot be looked at", extraction.pull().name(), away);
        }
    }

    @Override
    public void check(Extraction extraction, List<String> names) {
        stopIfBroken(
                extraction,
                contracts.seen(extraction.system(), extraction.pull(), contract(extraction, names), extraction.run()));
    }

    @Override
    public void note(Extraction extraction, List<String> names) {
        contracts.seenInPart(extraction.system(), extraction.pull(), contract(extraction, names), extraction.run());
    }

    private static Contract contract(Extraction extraction, List<String> names) {
        return Contract.of(extraction.pull(), names.stream().map(Term::named).toList());
    }

    private static void stopIfBroken(Extraction extraction, Drift drift) {
        if (drift.isBreaking()) {
            throw new ContractBroken(
                    Reason.CONTRACT_DRIFT,
                    drift.text() + "; see isthmus contract drift "
                            + extraction.system().name());
        }
    }
}
