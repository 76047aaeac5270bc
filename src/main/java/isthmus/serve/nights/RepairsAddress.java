package isthmus.serve.nights;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import isthmus.catalog.Catalog;
import isthmus.reconcile.Repair;
import isthmus.reconcile.Repair.Plan;
import isthmus.serve.Asked;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code /api/v1/repairs}: what a repair would do, and what repairs have done; none is begun from here. */
@Served
final class RepairsAddress {
    private static final int USUAL = 50;
    private static final int MOST = 1_000;

    private final Repair repair;
    private final Supplier<Catalog> catalog;
    private final Reads reads;
    private final Duration settle;
    private final Semaphore comparing = new Semaphore(1);

    RepairsAddress(
            Repair repair,
            @Qualifier("catalogInForce") Supplier<Catalog> catalog,
            Reads reads,
            @Value("${isthmus.reconcile.settle:PT15M}") Duration settle) {
        this.repair = repair;
        this.catalog = catalog;
        this.reads = reads;
        this.settle = settle;
    }

    /** The last repair of a record. */
    record Repaired(String entity, String id, String system, long run, String kind, Instant at, boolean cured) {
        private String place() {
            return entity + "/" + system + "/" + id;
        }
    }

    /** Reads every system again, which costs them: one at a time. */
    @Operation(
            summary = "What a repair would do; reads every system again.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "system", description = "Only of this system."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "again",
                        description = "true also for what a repair has not cured before."),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "full",
                        description = "true reads everything instead of comparing hashes.")
            })
    @GetMapping(path = "/api/v1/repairs", produces = MediaType.APPLICATION_JSON_VALUE)
    Plan preview(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        String system = known(asked.text("system"));
        boolean again = asked.flag("again");
        boolean full = asked.flag("full");
        if (!comparing.tryAcquire()) {
            throw Refused.busy("both shores are being compared for somebody else");
        }
        try {
            return repair.look(system, settle, again, full);
        } catch (Repair.SystemAway away) {
            throw Refused.sourceAway(String.valueOf(away.getMessage()));
        } finally {
            comparing.release();
        }
    }

    @Operation(summary = "Refused: a repair is executed by the command line on the hub's machine.")
    @PostMapping("/api/v1/repairs")
    void execute() {
        throw Refused.method(
                HttpMethod.GET,
                "a repair writes, and is begun on the hub's machine: isthmus reconcile repair --execute");
    }

    @Operation(
            summary = "The last repair of each record, by entity, id and system, a page at a time.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "after"),
                @Parameter(in = ParameterIn.QUERY, name = "limit")
            })
    @GetMapping(path = "/api/v1/repairs/log", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Repaired> log(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        int limit = asked.limit(USUAL, MOST).rows();
        return Page.of(repaired(asked.text("after"), limit + 1), limit, each -> each, Repaired::place);
    }

    private List<Repaired> repaired(@Nullable String after, int limit) {
        String[] place = after == null ? new String[] {"", "", ""} : after.split("/", 3);
        if (place.length < 3) {
            throw Refused.position("after", "what next said in the answer to the same question");
        }
        return reads.ask(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select entity, id, system, run, kind, at, cured from repair"
                            + " where (entity, id, system) > (?, ?, ?) order by entity, id, system limit ?")) {
                select.setString(1, place[0]);
                select.setString(2, place[2]);
                select.setString(3, place[1]);
                select.setInt(4, limit);
                List<Repaired> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new Repaired(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getBoolean(7)));
                    }
                }
                return all;
            }
        });
    }

    private @Nullable String known(@Nullable String system) {
        if (system != null
                && catalog.get().systems().stream()
                        .noneMatch(each -> each.name().equals(system))) {
            throw Refused.parameter("system", "the name of a system in routes/");
        }
        return system;
    }
}
