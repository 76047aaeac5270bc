package isthmus.serve.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import isthmus.model.CsvCell;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of every entity's samples, as a sheet and as columns, read back by readers that are not ours. */
class FlatTest {
    private static final String NASTY = "=cmd|' /C calc'!A0,\"x\"\r\n电";

    private static Service service;
    private static Map<String, Map<String, JsonNode>> records;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Store store = Store.fresh();
        records = SampleRecords.laid(store);
        service = Service.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static List<String> entities() {
        return List.copyOf(records.keySet());
    }

    private static byte[] exported(String entity, String more) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(service.address() + "/api/v1/" + entity + "/export?" + more))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** What the record says at a column, found by walking it and not by the schema; null for nothing. */
    private static @Nullable String said(JsonNode record, String column) {
        JsonNode at = record;
        for (String name : column.split("_")) {
            at = at.path(name);
        }
        if (at.isMissingNode() || at.isNull()) {
            return null;
        }
        return at.isValueNode() ? at.asText() : at.toString();
    }

    private static List<String> columns(String entity) {
        return new Flat(entity, false)
                .columns().stream()
                        .map(Column::name)
                        .filter(name -> !name.endsWith("_others"))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aSheetSaysWhatTheRecordsSay(String entity) throws Exception {
        byte[] sheet = exported(entity, "format=csv");

        List<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(new ByteArrayInputStream(sheet)).stream()
                .toList();
        assertThat(rows)
                .hasSameSizeAs(Objects.requireNonNull(records.get(entity)).values());
        Iterator<NamedCsvRecord> row = rows.iterator();
        for (JsonNode record : Objects.requireNonNull(records.get(entity)).values()) {
            NamedCsvRecord cells = row.next();
            for (String column : columns(entity)) {
                String said = said(record, column);
                assertThat(cells.getField(column)).as(column).isEqualTo(said == null ? "" : said);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entities")
    void columnsSayWhatTheRecordsSayToAReaderThatIsNotOurs(String entity) throws Exception {
        Path file = Files.write(folder.resolve(entity + ".parquet"), exported(entity, "format=parquet"));

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("select * from read_parquet('" + file + "')")) {
            for (JsonNode record : Objects.requireNonNull(records.get(entity)).values()) {
                assertThat(rows.next()).isTrue();
                for (Column column : new Flat(entity, false).columns()) {
                    if (!column.name().endsWith("_others")) {
                        same(rows, column, said(record, column.name()));
                    }
                }
            }
            assertThat(rows.next()).isFalse();
        }
    }

    private static void same(ResultSet row, Column column, @Nullable String said) throws Exception {
        String name = column.name();
        if (said == null) {
            assertThat(row.getObject(name)).as(name).isNull();
            return;
        }
        switch (column.kind()) {
            case MONEY, PRICE, DECIMAL ->
                assertThat(row.getBigDecimal(name)).as(name).isEqualByComparingTo(new BigDecimal(said));
            case INSTANT ->
                assertThat(row.getObject(name, OffsetDateTime.class).toInstant())
                        .as(name)
                        .isEqualTo(OffsetDateTime.parse(said).toInstant());
            case WHOLE -> assertThat(row.getLong(name)).as(name).isEqualTo(Long.parseLong(said));
            case REAL -> assertThat(row.getDouble(name)).as(name).isEqualTo(Double.parseDouble(said));
            case FLAG -> assertThat(row.getBoolean(name)).as(name).isEqualTo(Boolean.parseBoolean(said));
            case DATE, TEXT, JSON -> assertThat(row.getString(name)).as(name).isEqualTo(said);
        }
    }

    @Test
    void whatNoSchemaNamesStaysAsJsonBesideWhatItNames() throws Exception {
        String id = Cargo.urn("bill", "others");
        String body =
                "{\"amounts\":{\"net\":\"-1.50\",\"paid\":\"0.00\",\"penalty\":\"2.00\",\"tax\":\"0.10\"},\"id\":\""
                        + id + "\",\"usage\":{\"byTou\":{\"peak\":\"1.5\"},\"total\":\"-999999999999999.999999999\"}}";
        Flat flat = new Flat("bill", false);

        String[] cells = flat.cells(java.nio.ByteBuffer.wrap(SampleRecords.utf8(body)));

        List<String> names = flat.columns().stream().map(Column::name).toList();
        assertThat(cells[names.indexOf("amounts_net")]).isEqualTo("-1.50");
        assertThat(cells[names.indexOf("amounts_total")]).isNull();
        assertThat(cells[names.indexOf("amounts_others")]).isEqualTo("{\"penalty\":\"2.00\",\"tax\":\"0.10\"}");
        assertThat(cells[names.indexOf("usage_byTou")]).isEqualTo("{\"peak\":\"1.5\"}");
        assertThat(cells[names.indexOf("usage_total")]).isEqualTo("-999999999999999.999999999");
    }

    @Test
    void extremesOfDecimalsAndTimesComeThrough() throws Exception {
        List<String> totals = List.of("-999999999999999.999999999", "999999999999999.999999999", "-0.000000001", "0");
        List<isthmus.model.Fact> bills = new ArrayList<>();
        for (String total : totals) {
            String id = Cargo.urn("bill", "extreme/" + bills.size());
            bills.add(SampleRecords.fact(
                    "bill",
                    id,
                    "{\"amounts\":{\"net\":\"-999999999999999.99\"},\"id\":\"" + id
                            + "\",\"issuedAt\":\"1899-12-31T23:59:59.999+08:05\",\"usage\":{\"total\":\"" + total
                            + "\"}}"));
        }
        Store store = Store.fresh();
        store.chunks.commit(Cargo.chunk(1, bills));
        Path file = folder.resolve("extreme.parquet");
        try (Service alone = Service.over(store)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(alone.address() + "/api/v1/bill/export?format=parquet"))
                    .build();
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(file));
        }

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("select * from read_parquet('" + file + "')")) {
            for (String total : totals) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBigDecimal("usage_total")).isEqualByComparingTo(total);
                assertThat(rows.getBigDecimal("amounts_net")).isEqualByComparingTo("-999999999999999.99");
                assertThat(rows.getObject("issuedAt", OffsetDateTime.class).toInstant())
                        .isEqualTo(OffsetDateTime.parse("1899-12-31T23:59:59.999+08:05")
                                .toInstant());
            }
        }
    }

    @Test
    void aCellThatASpreadsheetWouldRunIsTextAndTheMarkStandsInFront() throws Exception {
        Store store = Store.fresh();
        String id = Cargo.urn("bill", "nasty");
        store.chunks.commit(Cargo.chunk(
                1,
                SampleRecords.fact(
                        "bill",
                        id,
                        new com.fasterxml.jackson.databind.ObjectMapper()
                                .createObjectNode()
                                .put("id", id)
                                .put("status", NASTY)
                                .put("currency", "-12.50")
                                .toString())));

        try (Service alone = Service.over(store)) {
            String sheet = alone.get("/api/v1/bill/export?format=csv&bom=true").body();

            assertThat(sheet).startsWith("\uFEFFid,account,");
            assertThat(sheet)
                    .contains("," + CsvCell.of(NASTY) + ",")
                    .contains(",-12.50,")
                    .doesNotContain(",=");
        }
    }
}
