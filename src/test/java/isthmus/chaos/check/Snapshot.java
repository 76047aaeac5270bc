package isthmus.chaos.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must be the same before and after the whole input is applied once more (the idempotence law of I2): the store's
 * records, its history, its change log, its refusals, and the ends of the feed.
 */
public record Snapshot(Map<String, String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Snapshot take(Ground ground) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        values.put(
                "records",
                digest(
                        ground,
                        "select id || deleted || contenthash || coalesce(quality::text, '') || body::text"
                                + " from record order by entity, id"));
        values.put("history", String.valueOf(ground.number("select count(*) from record_history")));
        values.put("changes", String.valueOf(ground.number("select count(*) from change")));
        values.put(
                "refusals",
                digest(ground, "select fingerprint || state from quarantine order by fingerprint collate \"C\""));
        new Topics(ground.text("ISTHMUS_KAFKA"))
                .ends()
                .forEach((partition, end) -> values.put("feed " + partition, String.valueOf(end)));
        return new Snapshot(values);
    }

    private static String digest(Ground ground, String rows) throws SQLException {
        return ground.texts("select count(*) || ' ' || coalesce(md5(string_agg(md5(t.x), '')), '') from (" + rows
                        + ") as t(x)")
                .get(0);
    }

    /** Adds a breach for everything that is different now. */
    public void compare(Snapshot after, Verdict verdict) {
        values.forEach((name, value) -> {
            String now = after.values.getOrDefault(name, "nothing");
            verdict.require(now.equals(value), "%s was %s, is %s after the same input", name, value, now);
        });
    }

    static Snapshot read(Path file) throws IOException {
        Map<String, String> values = new TreeMap<>();
        JSON.readTree(file.toFile())
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return new Snapshot(values);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values));
    }
}
