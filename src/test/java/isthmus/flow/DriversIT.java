package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged hub meets a database whose driver it does not have. */
@NullUnmarked
class DriversIT {
    @TempDir
    Path home;

    @BeforeEach
    void lay() throws Exception {
        Till till = Till.onH2File(home.resolve("routes"), home.resolve("till-db"));
        till.pay(1, "10.25", "2026-11-01 10:00:00");
        Files.createDirectories(home.resolve("drivers"));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/application.yaml"), home.resolve("config/application.yaml"));
    }

    @Test
    void saysWhereADriverBelongsAndFindsItThere() throws Exception {
        String without = check();
        assertThat(without)
                .containsPattern(
                        "till/system.yaml:[1-9][0-9]*: no driver for jdbc:h2: put the jar of its maker into drivers/")
                .doesNotContain("\tat ");

        Path driver = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches("h2-.*\\.jar"))
                .findFirst()
                .orElseThrow();
        Files.copy(driver, home.resolve("drivers/h2.jar"));

        assertThat(check())
                .contains("1 piece in", "[PAY_ID] is unique in till_payment")
                .doesNotContain("no driver");
    }

    private String check() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Disthmus.home=" + home,
                        "-Dloader.path=" + home.resolve("drivers"),
                        "-jar",
                        "target/isthmus.jar",
                        "check",
                        "till",
                        "--watch",
                        "PT1S")
                .redirectErrorStream(true);
        builder.environment().put("TILL_PASSWORD", "");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
