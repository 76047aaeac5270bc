package isthmus.demo.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPlanTest {
    @TempDir
    Path dir;

    @Test
    void happensAsOftenAsPlannedAndNeverTwiceRunning() throws IOException {
        plan("{\"fault\":2,\"fault200\":1,\"cut\":3,\"slow\":1}");

        List<FaultPlan.@Nullable Kind> happened = calls(read(), "call", 40);

        assertThat(Collections.frequency(happened, FaultPlan.Kind.FAULT)).isEqualTo(2);
        assertThat(Collections.frequency(happened, FaultPlan.Kind.FAULT200)).isEqualTo(1);
        assertThat(Collections.frequency(happened, FaultPlan.Kind.CUT)).isEqualTo(3);
        assertThat(Collections.frequency(happened, FaultPlan.Kind.SLOW)).isEqualTo(1);
        for (int i = 1; i < happened.size(); i++) {
            assertThat(happened.get(i - 1) == null || happened.get(i) == null).isTrue();
        }
    }

    @Test
    void doesNotBeginAgainAfterARestart() throws IOException {
        plan("{\"fault\":3}");

        assertThat(Collections.frequency(calls(read(), "call", 4), FaultPlan.Kind.FAULT))
                .isEqualTo(2);
        assertThat(Collections.frequency(calls(read(), "call", 40), FaultPlan.Kind.FAULT))
                .isEqualTo(1);
    }

    @Test
    void sparesACallThatFailedWhenItWasLastAsked() throws IOException {
        plan("{\"fault\":10}");
        FaultPlan faults = read();

        assertThat(faults.next("a")).isNull();
        assertThat(faults.next("b")).isEqualTo(FaultPlan.Kind.FAULT);
        assertThat(faults.next("a")).isNull();
        assertThat(faults.next("b")).isNull();
    }

    private void plan(String counts) throws IOException {
        Files.writeString(dir.resolve("faults.json"), counts);
    }

    private FaultPlan read() throws IOException {
        return FaultPlan.read(dir.resolve("faults.json"), dir.resolve("faults-left.json"));
    }

    private static List<FaultPlan.@Nullable Kind> calls(FaultPlan faults, String call, int times) throws IOException {
        var happened = new ArrayList<FaultPlan.@Nullable Kind>();
        for (int i = 0; i < times; i++) {
            happened.add(faults.next(call));
        }
        return happened;
    }
}
