package isthmus.demo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The smallest world that has all its shores. */
public final class World {
    private World() {}

    public static void write(WorldOptions options, Connection billing, Path dir, Consumer<String> progress)
            throws IOException, SQLException {
        progress.accept("writing " + options.scale() + " customers");
        try (var statement = billing.createStatement()) {
            statement.execute("create table C_CONS(CONS_NO char(16) primary key, CONS_NAME varchar(128))");
            for (int i = 1; i <= options.scale(); i++) {
                statement.execute("insert into C_CONS values('C%05d', '张三')".formatted(i));
            }
        }
        Path out = Files.createDirectories(dir.resolve("sftp/out"));
        Files.writeString(out.resolve("READ_20261101_D1.csv"), "H,x\n");
        Files.writeString(out.resolve("READ_20261101_D1.csv.done"), "");
        Path crm = Files.createDirectories(dir.resolve("crm"));
        var customers = new StringBuilder();
        for (int i = 1; i <= options.scale(); i++) {
            customers
                    .append(
                            ("{\"customerNo\":\"K%05d\",\"name\":\"李四\",\"changeTime\":\"2026-11-01T08:00:00\",\"consents\":"
                                            + "[{\"purpose\":\"1\",\"granted\":\"Y\",\"time\":\"2026-01-01T00:00:00\"}]}")
                                    .formatted(i))
                    .append('\n');
        }
        Files.writeString(crm.resolve("customers.jsonl"), customers);
        Files.writeString(crm.resolve("workorders.jsonl"), "");
        Files.writeString(crm.resolve("faults.json"), "{\"fault\":0,\"fault200\":0,\"cut\":0,\"slow\":0}");
        Files.writeString(dir.resolve("truth.jsonl.gz"), "");
    }

    public static void tide(Connection billing, Path dir) throws IOException, SQLException {
        try (var statement = billing.createStatement()) {
            statement.execute("insert into C_CONS values('C99999', '王五')");
        }
        Files.writeString(
                dir.resolve("crm/workorders.jsonl"),
                "{\"orderNo\":\"W00001\",\"changeTime\":\"2026-11-01T09:00:00\"}\n");
    }
}
