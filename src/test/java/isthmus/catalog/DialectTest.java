package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One table asked in every dialect; rewritten with {@code -Dgolden=write}. DialectPullTest runs those that can be run here. */
@NullUnmarked
class DialectTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dialects");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://db/x",
                "jdbc:postgresql://db/x",
                "jdbc:h2:mem:x",
                "jdbc:oracle:thin:@//db/x",
                "jdbc:sqlserver://db",
                "jdbc:db2://db/x"
            })
    void asksATableInTheWordsOfItsDatabase(String url) throws IOException {
        List<Draft.Found> columns = List.of(
                new Draft.Found("BILL_ID", "text", false),
                new Draft.Found("order", "text", false),
                new Draft.Found("Amount Due", "decimal(2)", false),
                new Draft.Found("DUE_DAY", "date", false),
                new Draft.Found("CHANGED_AT", "time", false));

        String query = new Draft("bill", "bill", columns, List.of("BILL_ID", "order"), "CHANGED_AT").query("BILL", url);

        Path golden = GOLDEN.resolve(url.split(":")[1] + ".sql");
        String isRun = List.of("mariadb", "postgresql", "h2").contains(url.split(":")[1])
                ? "-- Run against a real server by DialectPullTest.\n"
                : "-- Not run: written after the maker's manual.\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, isRun + query);
        }
        assertThat(isRun + query).isEqualTo(Files.readString(golden));
    }

    @Test
    void takesTheSpeakersOfADialectForIt() {
        assertThat(Dialect.of("jdbc:dm://db:5236")).isEqualTo(Dialect.ORACLE);
        assertThat(Dialect.of("jdbc:kingbase8://db/x")).isEqualTo(Dialect.POSTGRESQL);
        assertThat(Dialect.of("jdbc:unheard:of")).isEqualTo(Dialect.POSTGRESQL);
    }
}
