package isthmus.identity;

import isthmus.identity.match.Estimation;
import isthmus.identity.match.Estimation.Same;
import isthmus.identity.match.Model;
import isthmus.identity.match.Model.Weight;
import isthmus.identity.match.Subject;
import isthmus.security.seal.Seals;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Learns the weights of the models from the customers of the last night: u from pairs drawn by chance, m from those that keys
 * have linked, or where these are few by expectation and maximization.
 */
public final class Learning {
    private static final int ENOUGH = 200;
    private static final int MOST = 50_000;
    private static final long SEED = 1;
    private static final int DIGITS = 4;
    private static final double LEAST = 1e-7;
    private static final LinkRule[] KEYS = {LinkRule.XREF, LinkRule.ID_HASH, LinkRule.USCC};

    private final IdentityRules rules;
    private final JdbcClient sql;
    private final DataSource store;
    private final Clock clock;
    private final ZoneId zone;
    private final Seals seals;

    /** @param zone the utility's, for the day that names the version */
    public Learning(IdentityRules rules, DataSource store, Clock clock, ZoneId zone, Seals seals) {
        this.rules = rules;
        this.store = store;
        this.seals = seals;
        this.sql = JdbcClient.create(store);
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * A level, as it weighs now and as it would.
     *
     * @param pairs of how many pairs that are one its field's m was learnt
     * @param drawn of how many drawn by chance its u was
     */
    public record Level(Weight now, Weight learnt, long pairs, long drawn) {}

    /**
     * A model.
     *
     * @param records how many customers were looked at; the others are left out by chance
     * @param isCounted whether m was counted over pairs that keys have linked, {@code same} of them, and not only expected
     */
    public record Learnt(
            String model, String version, long records, boolean isCounted, long same, List<Level> levels) {}

    /** All models; one that has fewer than two customers is left out. */
    public List<Learnt> learn() {
        Kept kept = kept();
        List<Learnt> all = new ArrayList<>();
        for (Model model : rules.models()) {
            List<Subject> some = sql.sql(Statements.text("learn-some"))
                    .params(kept.tokens().shape(model), MOST)
                    .query((row, n) -> subject(kept, row, ""))
                    .list();
            if (some.size() > 1) {
                all.add(learn(kept, model, some));
            }
        }
        return List.copyOf(all);
    }

    private Kept kept() {
        try (Connection connection = store.getConnection()) {
            return Kept.of(seals, connection);
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the customers cannot be read", away);
        }
    }

    private Learnt learn(Kept kept, Model model, List<Subject> some) {
        List<String> codes = new ArrayList<>();
        for (LinkRule rule : KEYS) {
            codes.add(rule.code());
        }
        List<Same> same = sql.sql(Statements.text("learn-same"))
                .params(codes.toArray(String[]::new), kept.tokens().shape(model), MOST)
                .query((row, n) -> new Same(subject(kept, row, "left_"), subject(kept, row, "right_")))
                .list();
        boolean isWithin = model.within() != Model.Within.NEVER;
        Estimation estimation = new Estimation(model, some, isWithin, SEED);
        boolean isCounted = same.size() >= ENOUGH;
        Estimation.Learnt learnt =
                isCounted ? estimation.count(version(model), same) : estimation.learn(version(model));
        List<Level> levels = new ArrayList<>();
        int field = -1;
        for (int i = 0; i < model.weights().size(); i++) {
            Weight now = model.weights().get(i);
            field += i == 0 || !model.weights().get(i - 1).field().equals(now.field()) ? 1 : 0;
            levels.add(new Level(
                    now,
                    learnt.model().weights().get(i),
                    learnt.pairs().get(field),
                    learnt.drawn().get(field)));
        }
        return new Learnt(model.name(), version(model), some.size(), isCounted, same.size(), levels);
    }

    /** The weights of a configuration are its own; those of a store have a day. */
    private String version(Model model) {
        return model.version().replaceFirst("-[0-9]{4}-[0-9]{2}-[0-9]{2}$", "") + "-"
                + LocalDate.now(clock.withZone(zone));
    }

    private static Subject subject(Kept kept, ResultSet row, String side) throws SQLException {
        return kept.subject(
                row.getString(side + "id"), row.getString(side + "source"), row.getString(side + "features"));
    }

    /**
     * Writes the weights where {@link IdentityRules} reads them, whole or not at all.
     *
     * @param config the folder of {@code application.yaml}
     */
    public static Path write(Path config, List<Learnt> models) throws IOException {
        Path file = config.resolve(IdentityRules.LEARNT);
        Path beside = config.resolve("." + IdentityRules.LEARNT);
        Files.writeString(beside, yaml(models));
        return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String yaml(List<Learnt> models) {
        StringBuilder out = new StringBuilder("""
                # Weights that `isthmus identity estimate --write` has learnt from the store; they are read over those of
                # identity.yaml, which hold again when this file is deleted. level: [m, u], as there.
                version: %s
                models:
                """.formatted(models.get(0).version()));
        for (Learnt model : models) {
            out.append("  ").append(model.model()).append(":\n");
            out.append("    # Of %d customers; m %s.%n"
                    .formatted(
                            model.records(),
                            model.isCounted()
                                    ? "counted over " + model.same() + " pairs that keys have linked"
                                    : "expected, since keys have linked only " + model.same() + " pairs"));
            String field = "";
            for (Level level : model.levels()) {
                boolean isFirst = !level.now().field().equals(field);
                if (isFirst) {
                    out.append(field.isEmpty() ? "" : "}\n")
                            .append(guarded(model, level.now().field()));
                    field = level.now().field();
                    out.append("    ").append(field).append(": {");
                }
                out.append(isFirst ? "" : ", ").append(level.now().level()).append(": [");
                out.append(plain(level.learnt().m()))
                        .append(", ")
                        .append(plain(level.learnt().u()))
                        .append(']');
            }
            out.append("}\n");
        }
        return out.toString();
    }

    /** What pairs linked by keys cannot tell. */
    private static String guarded(Learnt model, String field) {
        boolean isGuarded = model.isCounted()
                && model.levels().stream()
                        .anyMatch(one ->
                                one.now().field().equals(field) && one.now().vetoes());
        return isGuarded
                ? "    # Keys link only those whose " + field
                        + "s resemble each other, so m of a level that vetoes is as it was.\n"
                : "";
    }

    /** As much of it as was counted, and never 0 or 1, which would decide alone. */
    private static String plain(double share) {
        double within = Math.min(1 - LEAST, Math.max(LEAST, share));
        BigDecimal rounded = new BigDecimal(within).round(new MathContext(DIGITS));
        return rounded.compareTo(BigDecimal.ONE) >= 0
                ? BigDecimal.valueOf(within).toPlainString()
                : rounded.stripTrailingZeros().toPlainString();
    }
}
