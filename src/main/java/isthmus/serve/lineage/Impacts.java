package isthmus.serve.lineage;

import isthmus.serve.lineage.Corrections.Correction;
import isthmus.serve.lineage.Impact.Effect;
import isthmus.serve.lineage.Used.Role;
import isthmus.serve.lineage.Used.Sighted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds which published bills used a value that was corrected since. */
final class Impacts {
    private static final String BILL = "bill";
    private static final String READING = "registerreading";
    private static final String BLOCK = "intervalblock";
    private static final int MOST = 500;

    private final Connection connection;
    private final Measured measured;
    private final Set<String> billing;

    /** @param billing the silos that tell bills */
    Impacts(Connection connection, Measured measured, Set<String> billing) {
        this.connection = connection;
        this.measured = measured;
        this.billing = billing;
    }

    /** Null for what has none: a customer, for example. */
    @Nullable
    Impact of(String id, String entity) throws SQLException {
        List<Effect> effects = switch (entity) {
            case BILL -> onBill(id);
            case READING, BLOCK -> ofReading(id, entity);
            default -> null;
        };
        if (effects == null) {
            return null;
        }
        effects.sort(Comparator.comparing(Effect::corrected)
                .thenComparing(Effect::bill)
                .thenComparing(Effect::reading));
        boolean more = effects.size() > MOST;
        return new Impact(id, entity, more ? List.copyOf(effects.subList(0, MOST)) : effects, more);
    }

    private List<Effect> onBill(String id) throws SQLException {
        List<Effect> effects = new ArrayList<>();
        for (Billed bill : Billed.one(connection, id)) {
            Map<String, Used> used = measured.of(bill.period()).stream()
                    .collect(Collectors.toMap(Used::id, Function.identity(), (first, second) -> first));
            for (String entity : List.of(READING, BLOCK)) {
                List<String> ids = used.keySet().stream()
                        .filter(each -> Points.entity(each).equals(entity))
                        .toList();
                for (Correction correction : Corrections.since(connection, entity, ids, bill.published())) {
                    Used corrected = used.get(correction.id());
                    if (corrected != null) {
                        effects.add(bill.effect(correction, corrected.role()));
                    }
                }
            }
        }
        return effects;
    }

    private List<Effect> ofReading(String id, String entity) throws SQLException {
        List<Effect> effects = new ArrayList<>();
        List<Correction> corrections = Corrections.since(connection, entity, List.of(id), Instant.EPOCH);
        if (corrections.isEmpty()) {
            return effects;
        }
        Sighted sighted = corrections.get(0).was();
        int grace = sighted.isBlock() ? 0 : Measured.GRACE_DAYS;
        List<String> points = Points.inEach(billing, List.of(sighted.point()));
        for (Billed bill : Billed.around(connection, points, sighted.day(), grace, MOST)) {
            Role role = role(bill, sighted);
            if (role != null) {
                corrections.stream()
                        .filter(correction -> bill.published().isBefore(correction.recorded()))
                        .forEach(correction -> effects.add(bill.effect(correction, role)));
            }
        }
        return effects;
    }

    private @Nullable Role role(Billed bill, Sighted sighted) throws SQLException {
        if (sighted.isBlock()) {
            return bill.covers(sighted.day()) ? Role.INTERVAL : null;
        }
        return measured.edges(bill.period()).stream()
                .filter(used -> used.id().equals(sighted.id()))
                .map(Used::role)
                .findFirst()
                .orElse(null);
    }
}
