package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of the night take from the settings, and how they refuse. */
@NullUnmarked
class ReconcileCommandTest {
    private static final String SETTLE = "isthmus.reconcile.settle";
    private static final String SOURCES = "spring.main.sources";

    @TempDir
    static Path data;

    private static Islands islands;

    @BeforeAll
    static void aDemoWhoseServersStay() {
        assertThat(isthmus("demo", "--once", "--scale", "30", "--days", "2").exitCode())
                .isZero();
        islands = Islands.on(Home.here(), data.toAbsolutePath(), List.of(), progress -> {});
    }

    @AfterAll
    static void end() {
        islands.close();
    }

    @AfterEach
    void forget() {
        System.clearProperty(SETTLE);
        System.clearProperty(SOURCES);
    }

    @Test
    void howLongLateRowsMayTakeIsTheSettingUnlessTheCommandSaysIt() throws IOException {
        System.setProperty(SETTLE, "PT42M");

        assertThat(settle()).isEqualTo("PT42M");
        assertThat(settle("--settle", "PT1M")).isEqualTo("PT1M");
    }

    @Test
    void whatIsNotThereIsWrongUsage() {
        String noSystem = "There is no system nowhere in routes/; there are [billing, crm, metering].";
        refused(noSystem, "reconcile", "run", "--system", "nowhere");
        refused(noSystem, "reconcile", "explain", "urn:isthmus:yj:nowhere:bill:1");
        refused("Not an id: urn:isthmus:yj", "reconcile", "explain", "urn:isthmus:yj");
        refused("No pull of crm ", "deletes", "crm");
        refused("--settle is not negative: PT-1M", "reconcile", "run", "--settle", "PT-1M");
    }

    private static void refused(String sentence, String... command) {
        Told told = isthmus(command);

        assertThat(told.fault()).contains(sentence).doesNotContain("\tat ");
        assertThat(told.exitCode()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aFaultOfTheHubIsNoWrongUsageAndIsToldWhole() {
        // Spring throws an IllegalArgumentException of this.
        System.setProperty(SOURCES, "no.such.place");

        for (String[] command :
                List.of(new String[] {"reconcile", "run"}, new String[] {"reconcile", "breaks"}, new String[] {
                    "deletes", "billing"
                })) {
            Told told = isthmus(command);

            assertThat(told.fault()).contains("IllegalArgumentException", "\tat ");
            assertThat(told.exitCode()).isEqualTo(Exit.CHECK_FAILED);
        }
    }

    private static String settle(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("reconcile", "run", "--system", "crm", "--json"));
        command.addAll(List.of(more));
        Told told = isthmus(command.toArray(String[]::new));
        return new ObjectMapper().readTree(told.answer()).path("settle").asText();
    }

    private record Told(int exitCode, String answer, String fault) {}

    private static Told isthmus(String... said) {
        List<String> command = new ArrayList<>(List.of(said));
        command.addAll(List.of("--quiet", "--data", data.toString()));
        PrintStream console = System.out;
        PrintStream faults = System.err;
        var answer = new ByteArrayOutputStream();
        var fault = new ByteArrayOutputStream();
        System.setOut(new PrintStream(answer, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(fault, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Main.run(command.toArray(String[]::new));
            return new Told(exitCode, answer.toString(StandardCharsets.UTF_8), fault.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(console);
            System.setErr(faults);
        }
    }
}
