package isthmus.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;

/** What became of files that went the whole way: a folder, the system's own route, source, normalize. */
@NullUnmarked
record Crossed(List<Said> said, Map<String, String> ledger) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A piece of a file, and what its mapping made of it. */
    record Said(String file, Layout layout, Piece piece, Outcome outcome) {

        Reason reason() {
            return outcome instanceof Outcome.Rejected no ? no.reason() : null;
        }

        Fact fact() {
            return ((Outcome.Accepted) outcome).fact();
        }

        JsonNode record() {
            try {
                return JSON.readTree(fact().body());
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        /** The exact sum of the block's values, in its unit. */
        BigDecimal sum() {
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode value : record().get("values")) {
                sum = sum.add(value.isNull() ? BigDecimal.ZERO : BigDecimal.valueOf(value.asLong()));
            }
            return sum.scaleByPowerOfTen(record().get("scale").asInt());
        }

        int received() {
            return record().get("received").asInt();
        }

        String value(String column) {
            return piece.values()[layout.indexOf(column)];
        }

        List<String> flags() {
            return fact().quality().stream().map(flag -> flag.code().code()).toList();
        }
    }

    /** Runs the pulls of one system whose files lie in {@code in} below the folder. */
    static Crossed run(Path routes, Map<String, String> environment, String system, String... pulls) throws Exception {
        Catalog catalog = CatalogReader.read(routes, Path.of("config"), environment::get);
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
        Normalizer normalizer = Normalizer.compile(catalog, new Fingerprints(key), Clock.systemUTC());
        List<Said> said = new ArrayList<>();
        try (TestHub hub = new TestHub(routes, environment)) {
            for (String pull : pulls) {
                PullReport report = hub.pulls.run(system, pull, 1);
                if (report.failure() != null) {
                    throw new AssertionError(report.toString());
                }
            }
            for (Chunk chunk : hub.store.chunks) {
                String entity = chunk.entities().get(0);
                List<Outcome> outcomes = normalizer.normalize(chunk).outcomes().get(entity);
                for (int i = 0; i < outcomes.size(); i++) {
                    Piece piece = chunk.pieces().get(i);
                    said.add(new Said(chunk.origin().object(), chunk.layout(), piece, outcomes.get(i)));
                }
            }
            Map<String, String> ledger = new java.util.TreeMap<>();
            hub.store.arrivals.forEach((row, state) -> ledger.put(row.split("/")[1], state.state + " " + state.note));
            return new Crossed(said, ledger);
        }
    }

    List<Said> of(String file) {
        return said.stream().filter(one -> one.file().equals(file)).toList();
    }

    List<Said> accepted(String file) {
        return of(file).stream().filter(one -> one.reason() == null).toList();
    }

    List<Reason> reasons(String file) {
        return of(file).stream().map(Said::reason).filter(Objects::nonNull).toList();
    }
}
