package isthmus.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import isthmus.security.Masked;
import isthmus.security.seal.Seals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The pairs that wait for a person. Those found by keys come first, then the likeliest; of equally likely ones on a page that
 * with most money at stake, which is looked up for the page only.
 */
public final class Review {
    private static final int MONTHS = 12;
    private static final Comparator<Open> ORDER = Comparator.comparing(Open::isAlike)
            .thenComparing(Open::posterior, Comparator.reverseOrder())
            .thenComparing(Open::money, Comparator.reverseOrder())
            .thenComparing(Open::id);

    private final Seals seals;
    private final JdbcClient sql;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone the utility's, for the day that twelve months are counted from */
    public Review(DataSource store, Clock clock, ZoneId zone, Seals seals) {
        this.seals = seals;
        this.sql = JdbcClient.create(store);
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * A pair that waits.
     *
     * @param id of its row in the log
     * @param leftName of the customer or of whose account it is, hidden but for the first character; null where there is none
     * @param posterior how likely they are one by likeness, 0 to 1; 0 where only a key says so
     * @param money what was billed in twelve months to the accounts behind both
     * @param evidence what speaks for it and against, in sentences without personal data
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Open(
            long id,
            String rule,
            String reason,
            BigDecimal posterior,
            BigDecimal money,
            String left,
            String right,
            @Nullable String leftName,
            @Nullable String rightName,
            List<String> evidence,
            OffsetDateTime since) {

        private boolean isAlike() {
            return rule.equals(LinkRule.MATCH.code());
        }

        /** Where a list goes on behind it. */
        public String position() {
            return (isAlike() ? "1/" : "0/") + posterior.toPlainString() + "/" + id;
        }
    }

    /**
     * A part of the list.
     *
     * @param next the position of the part behind it; null for the last
     */
    public record Page(List<Open> open, @Nullable String next) {}

    /** A pair as the log has it. */
    private record Waiting(
            long id,
            String left,
            String right,
            String rule,
            String reason,
            BigDecimal posterior,
            String evidence,
            OffsetDateTime since) {}

    /**
     * The first of the list, or what is behind a position.
     *
     * @param rule only of this one; null for all
     * @param after a {@link Open#position}; null for the first
     * @throws IllegalArgumentException when it is no position
     */
    public Page open(@Nullable LinkRule rule, @Nullable String after, int limit) {
        List<Waiting> waiting = waiting(rule, after, limit + 1);
        boolean isLast = waiting.size() <= limit;
        List<Waiting> some = isLast ? waiting : waiting.subList(0, limit);
        Map<Long, BigDecimal> money = some.isEmpty() ? Map.of() : money(some);
        Map<String, String> names = some.isEmpty() ? Map.of() : names(some);
        List<Open> open = some.stream().map(one -> open(one, money, names)).toList();
        String next = isLast ? null : open.get(open.size() - 1).position();
        return new Page(open.stream().sorted(ORDER).toList(), next);
    }

    private static Open open(Waiting one, Map<Long, BigDecimal> money, Map<String, String> names) {
        return new Open(
                one.id(),
                one.rule(),
                one.reason(),
                one.posterior(),
                money.getOrDefault(one.id(), BigDecimal.ZERO),
                one.left(),
                one.right(),
                names.get(one.left()),
                names.get(one.right()),
                Evidence.sentences(one.evidence(), one.reason()),
                one.since());
    }

    private List<Waiting> waiting(@Nullable LinkRule rule, @Nullable String after, int limit) {
        String[] place = after == null ? new String[] {"0", "2", "0"} : after.split("/", -1);
        if (place.length != 3
                || !place[0].matches("[01]")
                || !place[1].matches("[0-9](\\.[0-9]{1,12})?")
                || !place[2].matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no position");
        }
        return sql.sql(Statements.text("review"))
                .param("rule", rule == null ? null : rule.code())
                .param("alike", place[0].equals("1"))
                .param("posterior", new BigDecimal(place[1]))
                .param("id", Long.parseLong(place[2]))
                .param("limit", limit)
                .query((row, n) -> waiting(row))
                .list();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getLong("id"),
                row.getString("left_id"),
                row.getString("right_id"),
                row.getString("rule"),
                row.getString("reason"),
                row.getBigDecimal("posterior"),
                row.getString("evidence"),
                row.getObject("at", OffsetDateTime.class));
    }

    private Map<Long, BigDecimal> money(List<Waiting> pairs) {
        Map<Long, BigDecimal> money = new HashMap<>();
        sql.sql(Statements.text("review-money"))
                .param("pairs", pairs.stream().map(Waiting::id).toArray(Long[]::new))
                .param("lefts", pairs.stream().map(Waiting::left).toArray(String[]::new))
                .param("rights", pairs.stream().map(Waiting::right).toArray(String[]::new))
                .param("since", LocalDate.now(clock.withZone(zone)).minusMonths(MONTHS))
                .query((row, n) -> money.put(row.getLong("pair"), row.getBigDecimal("money")))
                .list();
        return money;
    }

    private Map<String, String> names(List<Waiting> pairs) {
        Map<String, String> names = new HashMap<>();
        sql.sql(Statements.text("review-names"))
                .param(
                        "ids",
                        pairs.stream()
                                .flatMap(one -> List.of(one.left(), one.right()).stream())
                                .distinct()
                                .toArray(String[]::new))
                .query((row, n) -> named(
                        row.getString("id"),
                        seals.opener().open("customer", row.getString("customer"), row.getString("body"))))
                .list()
                .forEach(names::putAll);
        return names;
    }

    /** Of a record without a name nothing. */
    private static Map<String, String> named(String id, String body) {
        JsonNode customer = Subjects.tree(body);
        String name = customer.at("/name/display").asText().strip();
        if (name.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                id,
                customer.path("kind").asText().equals("organization")
                        ? Masked.organization(name)
                        : Masked.person(name));
    }
}
