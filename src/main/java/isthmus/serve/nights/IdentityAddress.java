package isthmus.serve.nights;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.identity.Decisions;
import isthmus.identity.Decisions.Corrected;
import isthmus.identity.Decisions.Decided;
import isthmus.identity.Decisions.Needless;
import isthmus.identity.Decisions.NightLinks;
import isthmus.identity.Decisions.Unfit;
import isthmus.identity.Explain;
import isthmus.identity.Explain.Explained;
import isthmus.identity.IdentityRules;
import isthmus.identity.LinkRule;
import isthmus.identity.Review;
import isthmus.identity.Review.Open;
import isthmus.security.seal.Seals;
import isthmus.serve.Asked;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.door.Spoken;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** {@code /api/v1/identity}: which pairs wait for a person, why two records are one or are not, and what somebody says of them. */
@Served
final class IdentityAddress {
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final String SVG = "image/svg+xml";

    private final Review review;
    private final Explain explain;
    private final Decisions decisions;

    /** @param decisions to say something; the rest is read through the connections of those who ask */
    IdentityAddress(
            IdentityRules rules,
            @Qualifier("serve") DataSource store,
            Decisions decisions,
            Seals seals,
            Clock clock,
            @Value("${isthmus.zone}") ZoneId zone) {
        this.review = new Review(store, clock, zone, seals);
        this.explain = new Explain(rules, store, seals);
        this.decisions = decisions;
    }

    /** A pair that waits, in an answer: money as text, as everywhere in the service. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Waits(
            String left,
            String right,
            @Nullable String leftName,
            @Nullable String rightName,
            String rule,
            String reason,
            BigDecimal posterior,
            String money,
            List<String> evidence,
            OffsetDateTime since) {
        static Waits of(Open one) {
            return new Waits(
                    one.left(),
                    one.right(),
                    one.leftName(),
                    one.rightName(),
                    one.rule(),
                    one.reason(),
                    one.posterior(),
                    one.money().toPlainString(),
                    one.evidence(),
                    one.since());
        }
    }

    /** What is said of two records: {@code link}, {@code reject} or {@code undo}. */
    record Said(
            @Nullable String left,
            @Nullable String right,
            @Nullable String decision,
            @Nullable String reason) {}

    /** A value of a unified customer; without one, what was set is taken back. */
    record Correction(
            @Nullable String record,
            @Nullable String path,
            @Nullable String value,
            @Nullable String reason) {}

    @Operation(
            summary = "The pairs that wait for a person, a page at a time: those found by keys, then the likeliest.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "rule",
                        description = "Only of this rule.",
                        example = "MATCH"),
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(path = "/api/v1/identity/review", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Waits> review(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        int limit = asked.limit(USUAL, MOST).rows();
        try {
            Review.Page page = review.open(rule(asked.text("rule")), asked.text("after"), limit);
            return new Page<>(page.open().stream().map(Waits::of).toList(), limit, page.next());
        } catch (IllegalArgumentException unreadable) {
            throw Refused.position("after", "what next said in the answer to the same question");
        }
    }

    private static @Nullable LinkRule rule(@Nullable String code) {
        return code == null
                ? null
                : LinkRule.of(code).orElseThrow(() -> Refused.parameter("rule", "a rule of docs/identity.md"));
    }

    @Operation(
            summary =
                    "Why two customers are one or are not: each field with its weight, values hidden but for their ends.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "left"),
                @Parameter(in = ParameterIn.QUERY, name = "right")
            })
    @GetMapping(path = "/api/v1/identity/explain", produces = MediaType.APPLICATION_JSON_VALUE)
    Explained explain(HttpServletRequest request) {
        return explained(Asked.of(request));
    }

    @Operation(
            summary = "The same as a picture: how the weights add up.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "left"),
                @Parameter(in = ParameterIn.QUERY, name = "right")
            })
    @GetMapping(path = "/api/v1/identity/explain.svg", produces = SVG)
    byte[] picture(HttpServletRequest request) {
        return explained(Asked.of(request)).svg().getBytes(StandardCharsets.UTF_8);
    }

    private Explained explained(Asked asked) {
        try {
            return explain.of(said("left", asked.text("left")), said("right", asked.text("right")));
        } catch (Unfit unfit) {
            throw unfit(unfit);
        }
    }

    @Operation(summary = "Says that two records are one (link), are not (reject), or takes it back (undo).")
    @PostMapping(
            path = "/api/v1/identity/links",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Decided say(@RequestBody Said said, HttpServletRequest request) {
        String reason = Spoken.reason(said.reason());
        Decisions.Word word = Decisions.Word.of(said.decision())
                .orElseThrow(() -> Refused.parameter("decision", "link, reject or undo"));
        try {
            return decisions.say(
                    said("left", said.left()), said("right", said.right()), word, reason, Spoken.by(request));
        } catch (Unfit unfit) {
            throw unfit(unfit);
        } catch (Needless needless) {
            throw Refused.state(String.valueOf(needless.getMessage()));
        } catch (NightLinks busy) {
            throw Refused.busy(String.valueOf(busy.getMessage()));
        }
    }

    @Operation(summary = "Sets a value of a unified customer, from the next night on, or takes it back.")
    @PostMapping(
            path = "/api/v1/identity/values",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Corrected set(@RequestBody Correction said, HttpServletRequest request) {
        String reason = Spoken.reason(said.reason());
        String path = said.path();
        if (path == null) {
            throw Refused.parameter("path", "/name or another one of docs/identity.md");
        }
        try {
            return decisions.set(said("record", said.record()), path, said.value(), reason, Spoken.by(request));
        } catch (Unfit unfit) {
            throw unfit(unfit);
        }
    }

    private static String said(String name, @Nullable String id) {
        if (id == null || id.isEmpty() || id.chars().anyMatch(Character::isISOControl)) {
            throw Refused.parameter(name, "the id of a customer or an account must be said");
        }
        return id;
    }

    private static Refused unfit(Unfit unfit) {
        return unfit.isUnknown()
                ? Refused.unknown(unfit.side() + ": " + unfit.getMessage())
                : Refused.parameter(unfit.side(), String.valueOf(unfit.getMessage()));
    }
}
