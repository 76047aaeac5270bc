package isthmus.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import isthmus.identity.Decisions.Unfit;
import isthmus.identity.match.Model;
import isthmus.identity.match.Model.Weight;
import isthmus.identity.match.Score;
import isthmus.identity.match.Subject;
import isthmus.security.seal.Seals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says why two customers are one or are not: weighs them anew from their records, with the statistics of the last night.
 * Also those that no night has ever weighed.
 */
public final class Explain {
    private final IdentityRules rules;
    private final Seals seals;
    private final JdbcClient sql;
    private final Links links;
    private final Tokens tokens;

    public Explain(IdentityRules rules, DataSource store, Seals seals) {
        this.seals = seals;
        this.rules = rules;
        this.sql = JdbcClient.create(store);
        this.links = new Links(store);
        this.tokens = Kept.tokens(seals);
    }

    /**
     * What one field says.
     *
     * @param left what the left record has, hidden so far that nobody is named; empty where it has nothing
     * @param m how often pairs that are one are so; null where a side has nothing
     * @param u how often others are so, for a value that both have its share of all
     * @param words the same in a sentence
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(
            String field,
            String level,
            BigDecimal bits,
            @Nullable Double m,
            @Nullable Double u,
            boolean vetoes,
            String left,
            String right,
            String words) {}

    /**
     * Two records and what speaks for them being one.
     *
     * @param left the id as it was asked for, a customer's or an account's
     * @param model by which they were compared; empty where nothing compares such two
     * @param others among how many records the other is looked for, which gives the prior
     * @param prior in bits, as all weights
     * @param posterior how likely they are one, 0 to 1
     * @param link from which posterior two are linked
     * @param met whether they have enough in common for a night to weigh them at all
     * @param decision what likeness alone makes of them: {@code linked}, {@code review} or {@code none}
     * @param why it is no link, by the reasons of the log; null where it is one
     * @param words the same in a sentence
     * @param rivals whom one of the two might as well be
     * @param stands what the log says of the two; null where it says nothing
     * @param said what the person gave as a reason who decided; null where none did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Explained(
            String left,
            String right,
            String model,
            String version,
            long others,
            BigDecimal prior,
            List<Part> parts,
            BigDecimal weight,
            BigDecimal posterior,
            BigDecimal link,
            boolean met,
            String decision,
            @Nullable String why,
            String words,
            List<String> rivals,
            @Nullable Link stands,
            @Nullable String said) {

        /** As a picture that is a file by itself. */
        public String svg() {
            return Waterfall.of(this);
        }
    }

    /** @throws Unfit where there is no such customer or account */
    public Explained of(String left, String right) {
        if (left.equals(right)) {
            throw new Unfit("right", "one record is not two");
        }
        Party one = Party.of(sql, seals.opener(), "left", left);
        Party other = Party.of(sql, seals.opener(), "right", right);
        Subjects subjects = new Subjects(rules, seals);
        String kind = subjects.kind(one.body());
        String otherKind = subjects.kind(other.body());
        Optional<Model> model = rules.models().stream()
                .filter(each -> each.name().equals(kind) && kind.equals(otherKind))
                .findFirst();
        Optional<Link> stands = links.between(left, right);
        if (model.isEmpty() || one.customer().isEmpty() || other.customer().isEmpty()) {
            return notCompared(left, right, kind.equals(otherKind) ? "" : "other-kind", stands.orElse(null));
        }
        Subject here = subjects.subject(one.customer(), one.silo(), kind, one.body());
        Subject there = subjects.subject(other.customer(), other.silo(), kind, other.body());
        return weighed(left, right, model.get(), here, there, stands.orElse(null));
    }

    private Explained notCompared(String left, String right, String why, @Nullable Link stands) {
        BigDecimal nothing = BigDecimal.ZERO;
        return new Explained(
                left,
                right,
                "",
                "",
                0,
                nothing,
                List.of(),
                nothing,
                nothing,
                BigDecimal.ONE,
                false,
                Verdict.NONE,
                why.isEmpty() ? null : why,
                why.isEmpty()
                        ? "Nothing is known of one of them that could be compared."
                        : "One is a person, the other an organization; they are not compared.",
                List.of(),
                stands,
                said(stands));
    }

    private Explained weighed(
            String left, String right, Model model, Subject here, Subject there, @Nullable Link stands) {
        Map<String, Long> sources = sources(model);
        Scores scores = new Scores(model, frequencies(model, here), sources, tokens);
        Score score = scores.of(here, there);
        List<String> rivals = here.id().equals(there.id()) ? List.of() : rivals(here.id(), there.id(), model);
        Verdict verdict = Verdict.of(model, score, rivals, here.source().equals(there.source()));
        return new Explained(
                left,
                right,
                model.name(),
                model.version(),
                scores.others(here, there),
                Score.bits(score.prior()),
                parts(model, score, here, there),
                Score.bits(score.weight()),
                Score.chance(score.posterior()),
                BigDecimal.valueOf(model.limits().link()),
                isMet(model, here, there),
                verdict.decision(),
                verdict.why(),
                verdict.words(),
                "rival".equals(verdict.why()) ? rivals : List.of(),
                stands,
                said(stands));
    }

    private static List<Part> parts(Model model, Score score, Subject here, Subject there) {
        List<Part> parts = new ArrayList<>();
        for (int at = 0; at < model.size(); at++) {
            Score.Evidence said = score.evidence().get(at);
            Optional<Weight> weight = model.weights().stream()
                    .filter(one ->
                            one.field().equals(said.field()) && one.level().equals(said.level()))
                    .findFirst();
            Double m = weight.map(Weight::m).orElse(null);
            Double u = m == null ? null : Double.valueOf(m / Math.pow(2, said.bits()));
            parts.add(new Part(
                    said.field(),
                    said.level(),
                    Score.bits(said.bits()),
                    m,
                    u,
                    said.vetoes(),
                    model.masked(at, here),
                    model.masked(at, there),
                    Verdict.words(said, m, u)));
        }
        return List.copyOf(parts);
    }

    private static boolean isMet(Model model, Subject here, Subject there) {
        Set<String> keys = new HashSet<>(model.keys(here));
        keys.retainAll(model.keys(there));
        return !keys.isEmpty();
    }

    private Map<String, Long> sources(Model model) {
        Map<String, Long> sources = new HashMap<>();
        sql.sql("select source, records from match_source where model = ?")
                .param(model.name())
                .query((row, n) -> sources.put(row.getString(1), row.getLong(2)))
                .list();
        return sources;
    }

    /** How common the values of one of the two are; what both have is among them. */
    private Map<Long, Long> frequencies(Model model, Subject here) {
        Map<Long, Long> counts = new HashMap<>();
        sql.sql("select value, records from match_frequency where value = any(?)")
                .param(tokens.counted(model, here).boxed().toArray(Long[]::new))
                .query((row, n) -> counts.put(row.getLong(1), row.getLong(2)))
                .list();
        return counts;
    }

    private List<String> rivals(String here, String there, Model model) {
        return sql.sql(Statements.text("explain-rivals"))
                .params(here, there, model.limits().rival(), model.limits().link())
                .query(String.class)
                .list();
    }

    /** Whoever decided has given a reason, which is in the audit. */
    private @Nullable String said(@Nullable Link stands) {
        if (stands == null || stands.by().equals("rules")) {
            return null;
        }
        return sql.sql("select detail from audit where subject = ? order by id desc limit 1")
                .param(stands.left() + " " + stands.right())
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
