package isthmus.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261121;

    @TempDir
    Path dir;

    @Test
    void writesTheSameBytesForTheSameSeedAndOthersForAnother() throws Exception {
        Map<String, String> first = written(new WorldOptions(SEED, 60, 2, "nasty"), "first");

        Map<String, String> second = written(new WorldOptions(SEED, 60, 2, "nasty"), "second");
        Map<String, String> other = written(new WorldOptions(SEED + 1, 60, 2, "nasty"), "other");

        assertThat(second).as("seed %s", SEED).isEqualTo(first);
        assertThat(other.get("truth.jsonl.gz")).isNotEqualTo(first.get("truth.jsonl.gz"));
    }

    @Test
    void plantsEveryFaultFiveTimesInASmallNastyWorld() throws Exception {
        Path world = write(new WorldOptions(SEED, 200, 5, "nasty"), "nasty");

        JsonNode planted = JSON.readTree(world.resolve("faults.json").toFile());

        for (Fault fault : Fault.values()) {
            assertThat(planted.path(fault.code()).asInt())
                    .as("%s, seed %s", fault.code(), SEED)
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void expectsARejectForEachRejectedFaultAsOftenAsItWasPlanted() throws Exception {
        Path world = write(new WorldOptions(SEED, 200, 5, "nasty"), "rejects");

        Map<String, Integer> rejects = new TreeMap<>();
        for (JsonNode line : truth(world)) {
            if (line.get("kind").asText().equals("reject")) {
                rejects.merge(line.get("fault").asText(), 1, Integer::sum);
            }
        }

        JsonNode planted = JSON.readTree(world.resolve("faults.json").toFile());
        for (Fault fault : Fault.values()) {
            int expected =
                    fault.reasons().isEmpty() ? 0 : planted.get(fault.code()).asInt();
            assertThat(rejects.getOrDefault(fault.code(), 0)).as(fault.code()).isEqualTo(expected);
        }
    }

    @Test
    void plantsOnlyTheLightFaultsInALightWorldAndNoneInACleanOne() throws Exception {
        Path light = write(new WorldOptions(SEED, 200, 5, "light"), "light");
        Path clean = write(new WorldOptions(SEED, 200, 5, "none"), "clean");

        Set<String> planted = new HashSet<>();
        JSON.readTree(light.resolve("faults.json").toFile()).fieldNames().forEachRemaining(planted::add);

        assertThat(planted)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Fault.values())
                        .filter(Fault::isLight)
                        .map(Fault::code)
                        .toList());
        assertThat(Files.readString(clean.resolve("faults.json"))).isEqualTo("{}\n");
        assertThat(truth(clean)).noneMatch(line -> line.get("kind").asText().equals("reject"));
        assertThat(truth(clean)).noneMatch(line -> line.path("pending").asBoolean());
        assertThat(Files.size(clean.resolve("tide/billing.jsonl"))).isZero();
    }

    @Test
    void totalsAreTheSumsOfTheRecords() throws Exception {
        Path world = write(new WorldOptions(SEED, 80, 3, "nasty"), "totals");

        Map<String, Long> counts = new HashMap<>();
        Map<String, BigDecimal> sums = new HashMap<>();
        Map<String, JsonNode> totals = new HashMap<>();
        for (JsonNode line : truth(world)) {
            if (line.get("kind").asText().equals("record")
                    && !line.get("deleted").asBoolean()) {
                String silo = line.get("id").asText().split(":")[3];
                String name = silo + ":" + line.get("entity").asText();
                counts.merge(name, 1L, Long::sum);
                add(sums, name, "money", line.at("/record/amounts/total"), line.at("/record/amount"));
                add(sums, name, "energy", line.at("/record/usage/total"), line.at("/record/sum"));
            } else if (line.get("kind").asText().equals("totals")) {
                totals.put(
                        line.get("system").asText() + ":" + line.get("entity").asText(), line);
            }
        }

        assertThat(totals.keySet()).isEqualTo(counts.keySet()).hasSize(12);
        totals.forEach((name, total) -> {
            assertThat(total.get("count").asLong()).isEqualTo(counts.get(name));
            for (String kind : List.of("money", "energy")) {
                BigDecimal sum = sums.get(name + kind);
                String said = total.get(kind).asText();
                assertThat(said.equals("null") ? null : new BigDecimal(said))
                        .as(name + " " + kind)
                        .usingComparator(java.util.Comparator.nullsFirst(BigDecimal::compareTo))
                        .isEqualTo(sum);
            }
        });
    }

    @Test
    void namesEachRecordOnce() throws Exception {
        Path world = write(new WorldOptions(SEED, 200, 5, "nasty"), "once");

        List<String> ids = truth(world).stream()
                .filter(line -> line.get("kind").asText().equals("record"))
                .map(line -> line.get("id").asText())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void writesDownWhatTheNightHasToFind() throws Exception {
        Path world = write(new WorldOptions(SEED, 100, 3, "nasty"), "contradictions");

        Map<String, Long> breaks = new TreeMap<>();
        long near = 0;
        for (String line : Files.readAllLines(world.resolve("truth/contradictions.jsonl"))) {
            JsonNode one = JSON.readTree(line);
            near += one.path("isBreak").asBoolean() ? 0 : 1;
            breaks.merge(one.path("check").asText(), one.path("isBreak").asBoolean() ? 1L : 0L, Long::sum);
        }

        assertThat(breaks)
                .hasSize(20)
                .allSatisfy((check, planted) ->
                        assertThat(planted).as("%s, seed %s", check, SEED).isGreaterThanOrEqualTo(10));
        assertThat(near).isGreaterThanOrEqualTo(50);
        assertThat(Files.readAllLines(world.resolve("truth/drift.jsonl"))).hasSize(30);
    }

    @Test
    void saysOfEveryCustomersRecordWhoIsBehindIt() throws Exception {
        for (String faults : List.of("none", "light", "nasty")) {
            Path world = write(new WorldOptions(SEED, 150, 2, faults), "identities-" + faults);

            List<String> customers = truth(world).stream()
                    .filter(line -> line.path("entity").asText().equals("customer")
                            && line.get("kind").asText().equals("record")
                            && !line.get("deleted").asBoolean())
                    .map(line -> line.get("id").asText())
                    .toList();
            List<JsonNode> identities = new ArrayList<>();
            for (String line : Files.readAllLines(world.resolve("truth/identities.jsonl"))) {
                identities.add(JSON.readTree(line));
            }

            assertThat(identities.stream().map(line -> line.get("record").asText()))
                    .as("%s, seed %s", faults, SEED)
                    .containsExactlyInAnyOrderElementsOf(customers);
            Set<String> who = new HashSet<>();
            identities.forEach(line -> who.add(line.get("who").asText().split("-")[0]));
            assertThat(who)
                    .isEqualTo(faults.equals("nasty") ? Set.of("holder", "relative", "stranger") : Set.of("holder"));
            assertThat(identities.stream().anyMatch(line -> !line.get("slips").isEmpty()))
                    .isEqualTo(faults.equals("nasty"));
        }
    }

    @Test
    void documentsEveryFaultSlipAndContradiction() throws Exception {
        documents("faults", FaultTable.markdown());
        documents("slips", FaultTable.slips());
        documents("contradictions", FaultTable.contradictions());
    }

    private static void documents(String what, String table) throws IOException {
        Path page = Path.of("docs/demo.md");
        String begin = "<!-- " + what + ": generated, do not edit -->\n";
        String end = "<!-- end of " + what + " -->\n";
        if ("write".equals(System.getProperty("golden"))) {
            String text = Files.readString(page);
            String head = text.substring(0, text.indexOf(begin) + begin.length());
            Files.writeString(page, head + table + text.substring(text.indexOf(end)));
        }
        assertThat(Files.readString(page)).contains(begin + table + end);
    }

    private static void add(Map<String, BigDecimal> sums, String name, String kind, JsonNode... values) {
        for (JsonNode value : values) {
            if (value.isTextual()) {
                sums.merge(name + kind, new BigDecimal(value.asText()), BigDecimal::add);
            }
        }
    }

    private Path write(WorldOptions options, String name) throws Exception {
        Path world = dir.resolve(name);
        World.write(options, new NoDatabase().connection(), world, text -> {});
        return world;
    }

    private Map<String, String> written(WorldOptions options, String name) throws Exception {
        Path world = dir.resolve(name);
        NoDatabase database = new NoDatabase();
        World.write(options, database.connection(), world, text -> {});
        Map<String, String> files = new TreeMap<>();
        files.put("rows", String.valueOf(database.said.getValue()));
        try (Stream<Path> found = Files.walk(world)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                files.put(
                        world.relativize(file).toString(),
                        java.util.HexFormat.of().formatHex(hash));
            }
        }
        return files;
    }

    private static List<JsonNode> truth(Path world) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(world.resolve("truth.jsonl.gz"))), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }
}
