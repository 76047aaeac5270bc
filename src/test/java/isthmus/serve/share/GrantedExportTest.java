package isthmus.serve.share;

import static isthmus.serve.share.Town.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Fact;
import isthmus.store.Cargo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of every form carry the granted fields of those who consent. */
class GrantedExportTest {
    private static final int BILLS = 1_203;
    private static final String PATH = "/api/v1/bill/export?format=";

    private static Town town;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        town = new Town();
        town.say(
                Town.customer("yes", 1, FINANCE),
                Town.customer("no", 1, "!" + FINANCE),
                Town.account("A-yes", 1, "yes"),
                Town.account("A-no", 1, "no"));
        List<Fact> bills = new ArrayList<>();
        for (int i = 0; i < BILLS; i++) {
            bills.add(Town.bill("B" + i, 1, i % 2 == 0 ? "A-yes" : "A-no", i + ".00"));
        }
        town.store.chunks.commit(Cargo.chunk(1, bills));
        town.grant("bank-a", FINANCE, "bill", "amounts.total", "account");
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @Test
    void asLines() throws Exception {
        HttpResponse<String> answer = town.ask("bank-a", PATH + "jsonl");
        List<String> lines = answer.body().lines().toList();
        JsonNode one = new ObjectMapper().readTree(lines.get(0));
        JsonNode end = new ObjectMapper().readTree(lines.get(lines.size() - 1));

        assertThat(lines).hasSize((BILLS + 1) / 2 + 1);
        assertThat(one.properties().stream().map(member -> member.getKey()))
                .containsExactlyInAnyOrder("id", "account", "amounts");
        assertThat(one.path("amounts").toString()).matches("\\{\"total\":\"\\d+\\.00\"}");
        assertThat(end.path("rows").asInt()).isEqualTo((BILLS + 1) / 2);
        assertThat(end.path("after").asText()).startsWith("urn:isthmus:partner:bank-a:bill:");
        assertThat(answer.body() + answer.headers().map()).doesNotContain("urn:isthmus:yj", "A-yes", "secret");
        assertThat(town.ask("bank-a", PATH + "jsonl&after=" + end.path("after").asText())
                        .body()
                        .lines())
                .as("behind the last one there is none")
                .hasSize(1);
    }

    @Test
    void asASheet() throws Exception {
        List<String> lines = town.ask("bank-a", PATH + "csv").body().lines().toList();

        assertThat(lines).hasSize((BILLS + 1) / 2 + 1);
        assertThat(lines.get(0).split(",")).containsExactly("id", "account", "amounts_total", "amounts_others");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.startsWith("urn:isthmus:partner:bank-a:bill:"))
                .noneMatch(line -> line.contains("issued"));
    }

    @Test
    void asColumns() throws Exception {
        Path file = folder.resolve("bill.parquet");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(town.service.address() + PATH + "parquet"))
                                .header("X-Api-Key", town.key("bank-a"))
                                .build(),
                        HttpResponse.BodyHandlers.ofFile(file));

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement();
                ResultSet row = statement.executeQuery("select count(*), count(amounts_total), count(distinct account),"
                        + " min(id), (select count(*) from (describe select * from read_parquet('" + file
                        + "')) where column_name like 'lines%') from read_parquet('" + file + "')")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo((BILLS + 1) / 2);
            assertThat(row.getLong(2)).isEqualTo((BILLS + 1) / 2);
            assertThat(row.getLong(3)).isEqualTo(1);
            assertThat(row.getString(4)).startsWith("urn:isthmus:partner:bank-a:bill:");
            assertThat(row.getLong(5)).isZero();
        }
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("urn:isthmus:yj", "A-yes");
    }

    @Test
    void theFeedGoesOnWhereAnExportStood() throws Exception {
        String position = town.ask("bank-a", PATH + "jsonl")
                .headers()
                .firstValue("Isthmus-Position")
                .orElseThrow();

        town.say(Town.bill("later", 1, "A-yes", "9.99"));

        assertThat(town.events("bank-a", "/feed/v1/bill?after=" + position))
                .anySatisfy(event -> assertThat(
                                event.at("/data/record/amounts/total").asText())
                        .isEqualTo("9.99"));
        town.say(Cargo.deleted("bill", "later", 2));
    }
}
