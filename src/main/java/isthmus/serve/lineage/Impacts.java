package isthmus.serve.lineage;

import isthmus.model.Urn;
import isthmus.serve.PointIds;
import isthmus.serve.lineage.Corrections.Correction;
import isthmus.serve.lineage.Impact.Effect;
import isthmus.serve.lineage.Measured.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds which published bills used a value that was corrected since. */
final class Impacts {
    private static final String BILL = "bill";
    private static final int MOST = 500;

    private final Connection connection;
    private final Measured measured;

    Impacts(Connection connection, Measured measured) {
        this.connection = connection;
        this.measured = measured;
    }

    /**
     * Null for what has none: a customer, for example.
     *
     * @param use of a bill, where somebody has found it already
     */
    @Nullable
    Impact of(String id, String entity, @Nullable Use use) throws SQLException {
        return switch (entity) {
            case BILL -> onBill(id, use);
            case Sighted.READING, Sighted.BLOCK -> ofReading(id, entity);
            default -> null;
        };
    }

    private static Impact impact(String id, String entity, List<Effect> effects, boolean more) {
        effects.sort(Comparator.comparing(Effect::corrected)
                .thenComparing(Effect::bill)
                .thenComparing(Effect::reading));
        boolean tooMany = effects.size() > MOST;
        return new Impact(id, entity, tooMany ? List.copyOf(effects.subList(0, MOST)) : effects, more || tooMany);
    }

    private Impact onBill(String id, @Nullable Use known) throws SQLException {
        List<Effect> effects = new ArrayList<>();
        boolean more = false;
        for (Billed bill : Billed.one(connection, id)) {
            Use use = known == null ? measured.of(bill.period()) : known;
            more |= use.more();
            Map<String, Used> used = use.all().stream()
                    .collect(Collectors.toMap(Used::id, Function.identity(), (first, second) -> first));
            for (String entity : List.of(Sighted.READING, Sighted.BLOCK)) {
                List<String> ids = used.keySet().stream()
                        .filter(each -> Urn.entity(each).equals(entity))
                        .toList();
                for (Correction correction : Corrections.since(connection, entity, ids, bill.published())) {
                    Used corrected = used.get(correction.id());
                    if (corrected != null) {
                        effects.add(bill.effect(correction, corrected.role()));
                    }
                }
            }
        }
        return impact(id, BILL, effects, more);
    }

    private Impact ofReading(String id, String entity) throws SQLException {
        List<Effect> effects = new ArrayList<>();
        List<Correction> corrections = Corrections.since(connection, entity, List.of(id), Instant.EPOCH);
        if (corrections.isEmpty()) {
            return impact(id, entity, effects, false);
        }
        Sighted sighted = corrections.get(0).was();
        int grace = sighted.isBlock() ? 0 : measured.graceDays();
        List<String> points = PointIds.of(connection, List.of(sighted.point()));
        List<Billed> bills = Billed.around(connection, points, sighted.day(), grace, MOST + 1);
        boolean more = bills.size() > MOST;
        for (Billed bill : bills) {
            Use use = sighted.isBlock() ? bill.covering(sighted) : measured.edges(bill.period());
            more |= use.more();
            use.all().stream()
                    .filter(used -> used.id().equals(id))
                    .findFirst()
                    .ifPresent(used -> corrections.stream()
                            .filter(correction -> bill.published().isBefore(correction.recorded()))
                            .forEach(correction -> effects.add(bill.effect(correction, used.role()))));
        }
        return impact(id, entity, effects, more);
    }
}
