package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story on real servers: three islands, one model, one store, one feed, one night. */
class NightTest {
    private static final String SEED = "7";

    @TempDir
    Path islands;

    @Test
    void aDayOfAUtilityComesAshoreOnceAndTheNightFindsBothShoresEqual() throws IOException {
        System.out.println("seed " + SEED);

        // given islands where everything that can be wrong with data is wrong, five times each
        Told first = isthmus(
                "demo",
                "--once",
                "--json",
                "--quiet",
                "--seed",
                SEED,
                "--scale",
                "200",
                "--days",
                "3",
                "--faults",
                "nasty",
                "--data",
                islands.toString());

        // then every record stands in the store and on the feed as the truth says, and every refusal is explained
        assertThat(first.answer().path("truth").path("samples"))
                .as("%s", first.answer())
                .isEmpty();
        assertThat(first.answer().path("problems")).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.answer().path("truth").path("explained").asLong()).isPositive();

        // when the same islands are pulled again, then nothing is new
        Told second = isthmus("demo", "--once", "--json", "--quiet", "--data", islands.toString());
        assertThat(second.exitCode()).isZero();
        assertThat(second.answer().path("topics")).isEmpty();
        second.answer()
                .path("systems")
                .forEach(system ->
                        system.forEach(tally -> assertThat(tally.path("applied").asLong())
                                .as("%s", second.answer())
                                .isZero()));

        // and when the night counts both shores and compares the systems, then it finds all that was planted and
        // nothing else
        Told before = night();
        assertThat(before.exitCode()).as("%s", before.answer()).isEqualTo(2);
        assertThat(before.answer().path("away")).isEmpty();
        assertThat(before.answer().path("lines")).allSatisfy(NightTest::balances);
        before.answer()
                .path("checks")
                .forEach(check ->
                        assertThat(check.path("fault").isNull()).as("%s", check).isTrue());
        Told score = isthmus("score", "--json", "--quiet", "--data", islands.toString());
        assertThat(score.answer().path("checks")).hasSize(23).allSatisfy(NightTest::isPerfect);
        assertThat(score.answer().path("repaired").asText()).isEqualTo("0.000");
        assertThat(score.exitCode()).isZero();

        // and what it has linked is of one customer each, and is most of what could be
        Told identity = isthmus("identity", "score", "--json", "--quiet", "--data", islands.toString());
        assertThat(identity.exitCode()).as("%s", identity.answer()).isZero();
        assertThat(identity.answer()).isEqualTo(score.answer().path("identity"));
        assertThat(identity.answer().path("right").asLong())
                .as("%s", identity.answer())
                .isGreaterThan(250);
        assertThat(identity.answer().path("recallWithReview").asText())
                .as("%s", identity.answer())
                .isGreaterThan("0.750");

        // and what stands between the shores is shown, repaired, and gone in the night after
        Told preview =
                isthmus("reconcile", "repair", "--json", "--quiet", "--settle", "PT0S", "--data", islands.toString());
        assertThat(preview.exitCode()).isEqualTo(1);
        assertThat(preview.answer().path("items")).hasSize(30);
        assertThat(preview.answer().path("more").asLong()).isZero();
        Told repair = isthmus(
                "reconcile",
                "repair",
                "--execute",
                "--json",
                "--quiet",
                "--settle",
                "PT0S",
                "--data",
                islands.toString());
        assertThat(repair.exitCode()).as("%s", repair.answer()).isZero();
        assertThat(repair.answer().path("cured")).hasSize(30);
        Told night = night("--full");
        assertThat(night.answer().path("lines")).isNotEmpty().allSatisfy(NightTest::areEqual);
        assertThat(isthmus("score", "--json", "--quiet", "--data", islands.toString())
                        .answer()
                        .path("repaired")
                        .asText())
                .isEqualTo("1.000");

        // and the morning after finds that night as it was, as a page and as a list, and the chain holds
        Path page = islands.resolve("night.html");
        Path list = islands.resolve("breaks.csv");
        Told morning = isthmus(
                "reconcile",
                "report",
                "--json",
                "--quiet",
                "--html",
                page.toString(),
                "--csv",
                list.toString(),
                "--data",
                islands.toString());
        assertThat(morning.exitCode()).isEqualTo(2);
        String hash = morning.answer().path("hash").asText();
        assertThat(hash).hasSize(64);
        assertThat(((ObjectNode) morning.answer()).remove(List.of("hash", "previous")))
                .isEqualTo(night.answer());
        assertThat(page).content().contains("<svg", "PAY-ORPHAN", hash);
        assertThat(list).content().contains("id,check,subject", ",PAY-ORPHAN,");
        try (var files = Files.list(islands)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
        }
        Told chain = isthmus("reconcile", "report", "--verify", "--json", "--quiet", "--data", islands.toString());
        assertThat(chain.exitCode()).isZero();
        assertThat(chain.answer().path("nights").asLong()).isEqualTo(2);

        // and every source object gives what was agreed, and the past read again changes nothing
        Told drift = isthmus("contract", "drift", "--json", "--quiet", "--data", islands.toString());
        assertThat(drift.exitCode()).as("%s", drift.answer()).isZero();
        assertThat(drift.answer().findValuesAsText("reason")).contains("seen for the first time");
        Told backfill = isthmus(
                "backfill",
                "billing",
                "bill",
                "--from",
                "2026-01-01",
                "--to",
                "2027-01-01",
                "--json",
                "--quiet",
                "--data",
                islands.toString());
        assertThat(backfill.exitCode()).as("%s", backfill.answer()).isZero();
        JsonNode bills = backfill.answer().at("/0/tallies/bill");
        assertThat(bills.path("unchanged").asLong()).isPositive();
        assertThat(bills.path("applied").asLong()).isZero();
    }

    private Told night(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("reconcile", "run", "--json", "--quiet", "--settle", "PT0S", "--data", islands.toString()));
        command.addAll(List.of(options));
        return isthmus(command.toArray(String[]::new));
    }

    private static void isPerfect(JsonNode check) {
        assertThat(check.path("planted").asLong()).as("%s", check).isGreaterThanOrEqualTo(10);
        for (String share : new String[] {"precision", "recall", "causes"}) {
            assertThat(check.path(share).asText()).as("%s", check).isEqualTo("1.000");
        }
    }

    private static void balances(JsonNode line) {
        assertThat(line.path("source").asLong())
                .as("%s", line)
                .isEqualTo(line.path("unified").asLong()
                        + line.path("quarantined").asLong()
                        + line.at("/missing/total").asLong()
                        - line.at("/extra/total").asLong());
    }

    private static void areEqual(JsonNode line) {
        balances(line);
        for (String kind : new String[] {"missing", "extra", "different"}) {
            assertThat(line.at("/" + kind + "/total").asLong()).as("%s", line).isZero();
        }
    }

    private record Told(int exitCode, JsonNode answer) {}

    private static Told isthmus(String... command) throws IOException {
        PrintStream console = System.out;
        var answer = new ByteArrayOutputStream();
        System.setOut(new PrintStream(answer, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(command);
            return new Told(exitCode, new ObjectMapper().readTree(answer.toByteArray()));
        } finally {
            System.setOut(console);
        }
    }
}
