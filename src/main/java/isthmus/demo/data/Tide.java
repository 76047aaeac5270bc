package isthmus.demo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.demo.truth.CanonicalJson;
import isthmus.demo.truth.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the legacy systems get after the first pull: kept in a directory until it is let in, once. */
final class Tide implements AutoCloseable {
    private static final String DONE = "done";
    private static final String BILLING = "billing.jsonl";
    private static final String SILENT = "silent.jsonl";

    private final Path dir;
    private final Rows billing;
    private final Rows silent;

    private Tide(Path dir, Rows billing, Rows silent) {
        this.dir = dir;
        this.billing = billing;
        this.silent = silent;
    }

    static Tide create(Path dir) throws IOException {
        Files.createDirectories(dir.resolve("sftp"));
        Files.createDirectories(dir.resolve("crm"));
        return new Tide(dir, Rows.create(dir.resolve(BILLING)), Rows.create(dir.resolve(SILENT)));
    }

    /** Rows that say when they changed. */
    Rows billing() {
        return billing;
    }

    /** Rows that come, change and go with a change time long past; a directory without them has a tide that hides nothing. */
    Rows silent() {
        return silent;
    }

    Path files() {
        return dir.resolve("sftp");
    }

    Path crm() {
        return dir.resolve("crm");
    }

    @Override
    public void close() throws IOException {
        billing.writer().close();
        silent.writer().close();
    }

    /** What becomes of the billing tables, row by row. */
    record Rows(Writer writer) {
        static Rows create(Path file) throws IOException {
            return new Rows(Files.newBufferedWriter(file));
        }

        void put(Table table, Row row) throws IOException {
            writer.write(CanonicalJson.of(Map.of("table", table.name(), "row", row.cells())) + "\n");
        }

        /** Takes away the rows that have the same in these columns. */
        void delete(Table table, Row row, String... columns) throws IOException {
            Row key = new Row();
            for (String column : columns) {
                key.set(column, row.need(column));
            }
            writer.write(CanonicalJson.of(Map.of("table", table.name(), "delete", key.cells())) + "\n");
        }
    }

    /** Each step may be done again, so an interrupted tide is simply let in again; the marker ends it. */
    static void letIn(Path dir, Connection billing, Path incoming, Path crm) throws IOException, SQLException {
        if (Files.exists(dir.resolve(DONE))) {
            return;
        }
        Desk desk = new Desk(billing);
        letIn(dir.resolve(BILLING), desk);
        if (Files.exists(dir.resolve(SILENT))) {
            letIn(dir.resolve(SILENT), desk);
        }
        desk.commit();
        move(dir.resolve("sftp"), incoming);
        move(dir.resolve("crm"), crm);
        Files.createFile(dir.resolve(DONE));
    }

    private static void letIn(Path rows, Desk desk) throws IOException, SQLException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = Files.newBufferedReader(rows)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = json.readTree(line);
                Table table = Table.valueOf(entry.get("table").asText());
                if (entry.has("delete")) {
                    desk.delete(table, row(entry.get("delete")));
                } else {
                    desk.put(table, row(entry.get("row")));
                }
            }
        }
    }

    private static Row row(JsonNode cells) {
        Row row = new Row();
        cells.properties()
                .forEach(cell -> row.set(cell.getKey(), cell.getValue().asText()));
        return row;
    }

    /** Done-markers last: a file is never announced before it is there. */
    private static void move(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(from)) {
            files = found.sorted(
                            Comparator.comparing((Path file) -> file.toString().endsWith(".done"))
                                    .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        for (Path file : files) {
            Files.move(
                    file,
                    to.resolve(file.getFileName().toString()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
