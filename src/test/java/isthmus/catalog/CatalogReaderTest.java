package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class CatalogReaderTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("URL", "jdbc:mariadb://db/epm", "USER", "u", "PASSWORD", "p");
    private static final String GOOD = """
            system: tiny
            transport: jdbc
            zone: Asia/Shanghai
            charset: GBK
            every: PT30S
            connection: {url: "${URL}", user: "${USER}", password: "${PASSWORD}"}
            pulls:
              bill:
                entities: []
                key: [NO]
                cursor: {time: CHANGED, overlap: PT5M}
                columns: {NO: text, NAME: text classified, E1..E3: decimal(4), CHANGED: time}
                children: {lines: {AMT: decimal(2)}}
            """;

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void layDownASoundFolder() throws IOException {
        folder = Files.createDirectories(root.resolve("routes/tiny"));
        Files.createDirectories(root.resolve("config"));
        Files.writeString(root.resolve("config/application.yaml"), "isthmus:\n  org: yj\n");
        Files.writeString(folder.resolve("system.yaml"), GOOD.replace("entities: []", "entities: [bill]"));
        Files.writeString(folder.resolve("bill.sql"), "select NO from T where CHANGED >= :?from");
        Files.copy(Path.of("routes/billing/bill.mapping.yaml"), folder.resolve("bill.mapping.yaml"));
        route("billing.bill", "tiny.bill");
    }

    private void route(String from, String to) throws IOException {
        String text = Files.readString(Path.of("routes/billing/bill.camel.yaml"));
        Files.writeString(folder.resolve("bill.camel.yaml"), text.replace(from, to));
    }

    private void system(String text) throws IOException {
        Files.writeString(folder.resolve("system.yaml"), text);
    }

    private List<String> faults(Function<String, String> environment) {
        var fault = catchThrowableOfType(
                ConfigurationFault.class,
                () -> CatalogReader.read(root.resolve("routes"), root.resolve("config"), environment));
        return fault == null
                ? List.of()
                : fault.faults().stream()
                        .filter(line -> !line.contains(".mapping.yaml"))
                        .map(line -> line.replace(root + "/routes/tiny/", ""))
                        .toList();
    }

    @Test
    void readsTheSystemsOfThisRepository() {
        Catalog catalog = CatalogReader.read(Path.of("routes"), Path.of("config"), name -> switch (name) {
            case "BILLING_URL" -> "jdbc:mariadb://db/epm";
            case "CRM_URL" -> "http://crm/";
            case "METERING_TRANSPORT", "METERING_CERTIFICATE", "METERING_INSECURE" -> null;
            default -> "x";
        });

        assertThat(catalog.org()).isEqualTo("yj");
        assertThat(catalog.systems()).extracting(LegacySystem::name).containsExactly("billing", "crm", "metering");
        Pull bill = catalog.system("billing").pull("bill");
        assertThat(bill.cursor()).isEqualTo(new Pull.Cursor("LAST_UPDATED", Duration.ofMinutes(5)));
        assertThat(bill.layout().childNames()).containsExactly("lines");
        Pull curve = catalog.system("metering").pull("curve");
        assertThat(curve.columns()).hasSize(103);
        assertThat(curve.layout().indexOf("E96")).isEqualTo(101);
        assertThat(catalog.system("crm").pull("customer").columns().get(1))
                .isEqualTo(new Column("name", "text", 0, true));
    }

    @Test
    void takesTheTransportOfTheRepositorysFilesFromTheEnvironment() {
        Map<String, String> set = Map.of("BILLING_URL", "jdbc:mariadb://db/epm", "CRM_URL", "http://crm/");
        for (String transport : List.of("sftp", "ftps")) {
            Catalog catalog = CatalogReader.read(Path.of("routes"), Path.of("config"), name -> switch (name) {
                case "METERING_TRANSPORT" -> transport;
                case "METERING_CERTIFICATE" -> "SHA256:" + "A1:".repeat(31) + "A1";
                case "METERING_INSECURE" -> null;
                default -> set.getOrDefault(name, "x");
            });

            assertThat(catalog.system("metering").transport()).isEqualTo(transport);
            assertThat(catalog.system("metering").connection().get("certificate"))
                    .isEqualTo("a1".repeat(32));
        }
    }

    @Test
    void asksForTheProofThatTheTransportNeedsAndTellsTheLine() throws IOException {
        String files = Files.readString(Path.of("routes/metering/system.yaml"));
        for (String[] wrong : List.of(
                new String[] {"sftp", "", "hostKey is empty: needed by transport sftp; export METERING_HOST_KEY=…"},
                new String[] {"ftps", "", "certificate is empty: needed by transport ftps"},
                new String[] {"ftps", "md5:00", "certificate is neither a fingerprint nor PEM"},
                new String[] {"ftp", "", "transport ftp shows the password"},
                new String[] {"gopher", "", "unknown transport gopher"})) {
            system(files);
            List<String> faults = faults(name -> switch (name) {
                case "METERING_TRANSPORT" -> wrong[0];
                case "METERING_CERTIFICATE" -> wrong[1].isEmpty() ? null : wrong[1];
                case "METERING_HOST_KEY", "METERING_INSECURE" -> null;
                default -> "x";
            });
            String fault = faults.stream()
                    .filter(line -> line.contains(wrong[2]))
                    .findFirst()
                    .orElse("none");
            int line = Integer.parseInt(fault.replaceFirst("^system.yaml:([0-9]+):.*|.*", "0$1"));

            assertThat(line).as("%s in %s", wrong[2], faults).isPositive();
            assertThat(files.lines().toList().get(line - 1)).contains("METERING_");
        }
    }

    @Test
    void tellsAllFaultsOfASystemAtOnceWithTheirLines() throws IOException {
        system("""
                system: other
                transport: carrier-pigeon
                every: soon
                colour: red
                connection: {url: "${URL}"}
                pulls:
                  bill:
                    entities: [bill]
                    key: [MISSING]
                    cursor: {time: ELSEWHERE}
                    columns: {NO: text, AMT: money, NO: text}
                  bill:
                    entities: [bill]
                """);

        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("system.yaml:1: system other lies in folder tiny"))
                .anyMatch(line -> line.startsWith("system.yaml:2: unknown transport carrier-pigeon"))
                .anyMatch(line -> line.startsWith("system.yaml:1: missing zone"))
                .anyMatch(line -> line.startsWith("system.yaml:1: missing charset"))
                .anyMatch(line -> line.startsWith("system.yaml:3: every is not a duration"))
                .anyMatch(line -> line.startsWith("system.yaml:4: unknown field colour"))
                .anyMatch(line -> line.startsWith("system.yaml:12: key twice: bill"));
    }

    @Test
    void tellsWhatIsWrongInsideAPull() throws IOException {
        system(GOOD.replace("key: [NO]", "key: [MISSING]")
                .replace("time: CHANGED", "time: ELSEWHERE")
                .replace("E1..E3: decimal(4)", "E1..E3: money")
                .replace("children: {", "children: {more: {X: text}, "));
        Files.delete(folder.resolve("bill.sql"));

        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("system.yaml:9: pull bill feeds no entity"))
                .anyMatch(line -> line.startsWith("system.yaml:10: key column MISSING is not in columns"))
                .anyMatch(line -> line.startsWith("system.yaml:11: cursor column ELSEWHERE is not in columns"))
                .anyMatch(line -> line.startsWith("system.yaml:12: unknown column type money"))
                .anyMatch(line -> line.startsWith("system.yaml:13: more than one child table"))
                .anyMatch(line -> line.contains("missing bill.sql"));
    }

    @Test
    void readsHowMuchOfAPullMayBeRefused() throws IOException {
        String sound = GOOD.replace("entities: []", "entities: [bill]");
        system(sound.replace("    key: [NO]", "    key: [NO]\n    rejects: {most: a lot, from: 0}"));

        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("system.yaml:11: most is no percentage: a lot"))
                .anyMatch(line -> line.startsWith("system.yaml:11: from is no number of pieces: 0"));

        system(sound.replace("    key: [NO]", "    key: [NO]\n    rejects: {most: 20%, from: 1000}"));
        assertThat(faults(ENVIRONMENT::get)).noneMatch(line -> line.startsWith("system.yaml:11"));
        Pull.Rejects rejects = new Pull.Rejects(new BigDecimal("0.20"), 1_000);
        assertThat(rejects.isTooMuch(999, 999)).isFalse();
        assertThat(rejects.isTooMuch(200, 1_000)).isFalse();
        assertThat(rejects.isTooMuch(201, 1_000)).isTrue();
    }

    @Test
    void refusesSecretsInClearAndVariablesThatAreNotSet() throws IOException {
        system(GOOD.replace("\"${PASSWORD}\"", "hunter2").replace("\"${URL}\"", "\"jdbc:mariadb://a/b?password=x\""));

        assertThat(faults(name -> null))
                .anyMatch(line -> line.startsWith("system.yaml:6: password is written out"))
                .anyMatch(line -> line.startsWith("system.yaml:6: url holds a password"))
                .anyMatch(line -> line.startsWith("system.yaml:6: environment variable USER is not set"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void refusesUrlsThatMakeADriverRunSomething() {
        for (String url : List.of(
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://x'",
                "jdbc:mysql://x/y?autoDeserialize=true",
                "jdbc:postgresql://x/y?socketFactory=org.x.Y",
                "jdbc:postgresql://x/y?preferQueryMode=simple",
                "ldap://x/y",
                "jdbc:mariadb://x/y?allowLocalInfile=true")) {
            Map<String, String> environment = Map.of("URL", url, "USER", "u", "PASSWORD", "p");

            assertThat(faults(environment::get)).as(url).anyMatch(line -> line.contains("URL"));
        }
    }

    @Test
    void refusesARouteThatGoesElsewhereThanToTheIntake() throws IOException {
        route("uri: direct:intake", "uri: kafka:anywhere");
        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.contains("component not allowed: kafka"))
                .anyMatch(line -> line.contains("does not begin at direct:tiny.bill"))
                .anyMatch(line -> line.contains("does not end at direct:intake"));
        route("uri: jdbc:billing", "uri: exec:rm");
        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("bill.camel.yaml:11: component not allowed"));
        route("ref: rows", "beanType: java.lang.Runtime");
        assertThat(faults(ENVIRONMENT::get)).anyMatch(line -> line.contains("not allowed in a route: beanType"));
        Files.delete(folder.resolve("bill.camel.yaml"));
        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("system.yaml:8: missing bill.camel.yaml"));
    }

    @Test
    void refusesARouteThatKeepsHeadersOrSpeaksOfSagas() throws IOException {
        route("        - removeHeaders:\n            pattern: \"*\"\n", "");
        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("bill.camel.yaml:11: headers of an answer stay"));
        route("pattern: \"*\"", "pattern: \"*\"\n            excludePattern: Long-Running-Action");
        assertThat(faults(ENVIRONMENT::get)).anyMatch(line -> line.startsWith("bill.camel.yaml:20: headers that stay"));
        route("ref: rows", "saga: {}");
        assertThat(faults(ENVIRONMENT::get)).anyMatch(line -> line.contains("not allowed in a route: saga"));
    }

    @Test
    void refusesACursorThatTheQueryDoesNotUse() throws IOException {
        Files.writeString(folder.resolve("bill.sql"), "select NO from T");

        assertThat(faults(ENVIRONMENT::get))
                .anyMatch(line -> line.startsWith("system.yaml:11: bill.sql and the cursor do not agree"));
    }

    @Test
    void refusesAMissingOrg() throws IOException {
        Files.writeString(root.resolve("config/application.yaml"), "isthmus:\n  zone: Asia/Shanghai\n");

        assertThat(faults(ENVIRONMENT::get)).anyMatch(line -> line.contains("application.yaml:1: missing org"));
    }
}
