package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The measurement itself, on real servers and few rows: what it compares must be the same work. */
class BenchTest {
    private static final int ROWS = 2_000;

    /** What is planted lies in the fifth month of five thousand customers. */
    private static final int ROWS_OF_MONTHS = 25_000;

    @ParameterizedTest
    @EnumSource(BenchJob.class)
    void bothChainsCarryTheSameRowsAndOneRatioIsTold(BenchJob job) throws IOException {
        // when few rows are measured
        var answer = new ByteArrayOutputStream();
        int exitCode = isthmus(answer, job.name().toLowerCase(Locale.ROOT), ROWS);

        // then the document has one ratio, of costs that were really counted
        JsonNode document = new ObjectMapper().readTree(answer.toByteArray());
        assertThat(exitCode).as("%s", document).isZero();
        assertThat(document.findValues("ratio")).hasSize(1);
        assertThat(document.path("ratio").asDouble()).isPositive();
        for (String chain : List.of("fullPath", "bareChain")) {
            assertThat(document.path(chain).path("sumWithoutSource").asDouble())
                    .as(chain)
                    .isPositive();
            assertThat(document.path(chain).path("recordsPerSecond").asLong())
                    .as(chain)
                    .isPositive();
            document.path(chain)
                    .path("peakMemoryMiB")
                    .forEach(peak -> assertThat(peak.asLong()).as(chain).isPositive());
        }

        // and every row has gone through both chains
        JsonNode counts = document.path("counts");
        boolean isNew = job != BenchJob.UNCHANGED;
        assertThat(counts.path("bareRecords").asInt()).isEqualTo(ROWS);
        assertThat(counts.path("bareStored").asInt()).isEqualTo(isNew ? ROWS : 0);
        assertThat(counts.path("applied").asInt()).isEqualTo(isNew ? ROWS : 0);
        assertThat(counts.path("events").asInt()).isEqualTo(isNew ? ROWS : 0);
        assertThat(counts.path("unchanged").asInt()).isBetween(isNew ? 0 : ROWS, isNew ? ROWS / 2 : 2 * ROWS);
        assertThat(document.path("faults")).isEmpty();
    }

    @Test
    void theNightIsMeasuredOverBillsAndDaysAndFindsWhatWasPlantedInBoth() throws IOException {
        var answer = new ByteArrayOutputStream();

        int exitCode = isthmus(answer, "reconcile", ROWS_OF_MONTHS, "--blocks", "" + ROWS);

        JsonNode document = new ObjectMapper().readTree(answer.toByteArray());
        assertThat(exitCode).as("%s", document).isZero();
        assertThat(document.findValuesAsText("sound")).containsOnly("true").hasSize(2);
        assertThat(document.path("days").path("same").path("sum").asDouble())
                .isLessThan(document.path("days").path("first").path("sum").asDouble());
    }

    @Test
    void whoIsOneOfManyIsFoundOutAndTheNextNightFindsTheSame() throws IOException {
        var answer = new ByteArrayOutputStream();

        int exitCode = isthmus(answer, "identity", ROWS);

        JsonNode document = new ObjectMapper().readTree(answer.toByteArray());
        assertThat(exitCode).as("%s", document).isZero();
        assertThat(document.path("first").path("linked").asLong())
                .isPositive()
                .isEqualTo(document.path("same").path("linked").asLong());
    }

    @Test
    void theServiceIsMeasuredAgainstItsOwnStatementsAndEveryChangeIsHeard() throws IOException {
        var answer = new ByteArrayOutputStream();

        isthmus(answer, "serve", ROWS);

        JsonNode document = new ObjectMapper().readTree(answer.toByteArray());
        for (String question : List.of("point read", "account 360", "export")) {
            assertThat(document.path(question).path("ratio").asDouble())
                    .as("%s: %s", question, document)
                    .isPositive();
        }
        assertThat(document.path("feed").path("events").asInt()).isEqualTo(ROWS);
        assertThat(document.path("exports").path("rows").asInt()).isEqualTo(ROWS);
    }

    @Test
    void aChainThatLostARowIsNoMeasurement() {
        assertThat(new BenchCounts(10, 10, 10, 0, 0, 10).areWhole(BenchJob.BILLS, 10))
                .isTrue();
        assertThat(new BenchCounts(9, 10, 10, 0, 0, 10).areWhole(BenchJob.BILLS, 10))
                .isFalse();
        assertThat(new BenchCounts(10, 9, 10, 0, 0, 10).areWhole(BenchJob.BILLS, 10))
                .isFalse();
        assertThat(new BenchCounts(10, 10, 9, 0, 1, 10).areWhole(BenchJob.BILLS, 10))
                .isFalse();
        assertThat(new BenchCounts(10, 10, 10, 0, 0, 11).areWhole(BenchJob.BILLS, 10))
                .isFalse();
        assertThat(new BenchCounts(10, 0, 1, 9, 0, 1).areWhole(BenchJob.UNCHANGED, 10))
                .isFalse();
    }

    private static int isthmus(ByteArrayOutputStream answer, String job, int rows, String... more) {
        PrintStream console = System.out;
        System.setOut(new PrintStream(answer, true, StandardCharsets.UTF_8));
        try {
            List<String> command =
                    new ArrayList<>(List.of("bench", "--job", job, "--rows", "" + rows, "--json", "--quiet"));
            command.addAll(List.of(more));
            return Main.run(command.toArray(String[]::new));
        } finally {
            System.setOut(console);
        }
    }
}
