package isthmus.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaServerTest {
    @TempDir
    Path dir;

    @Test
    void behavesLikeAnOldInstallation() throws Exception {
        try (MariaServer server = MariaServer.start(dir, Secrets.in(dir), true, Berth.LOCAL)) {
            try (var connection = server.owner();
                    var statement = connection.createStatement()) {
                statement.execute("create table OLD(NO char(6) primary key, NAME varchar(20), BORN date)");
                statement.execute("insert into OLD values('A1', '供电局', '0000-00-00'), ('A2', '㈱', '2026-02-30')");
            }

            try (var connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                    var rows = connection
                            .createStatement()
                            .executeQuery("select NO, NAME, cast(BORN as char), length(NAME) from OLD order by NO")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("A1    ");
                assertThat(rows.getString(2)).isEqualTo("供电局");
                assertThat(rows.getString(3)).isEqualTo("0000-00-00");
                assertThat(rows.getInt(4)).as("bytes in GBK").isEqualTo(6);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(3)).isEqualTo("2026-02-30");
            }
        }
    }
}
