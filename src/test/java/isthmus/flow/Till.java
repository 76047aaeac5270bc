package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A small legacy system on a database of any make: payments and the readings of a meter, in a folder of routes of its own. */
@NullUnmarked
final class Till {
    private static final Path NEW = Path.of("src/main/resources/isthmus/new/jdbc");
    private static final Path WEATHER = Path.of("src/test/resources/routes-fourth/weather");
    private static final String TIME = "2026-11-01 08:00:00";

    private final String url;
    private final String user;
    final Path folder;

    private Till(String url, String user, Path folder) {
        this.url = url;
        this.user = user;
        this.folder = folder;
    }

    static Till onMaria(Path routes) throws Exception {
        return new Till(Maria.get().environment().get("BILLING_URL"), "root", routes.resolve("till")).laid("?");
    }

    /** @param url of a PostgreSQL */
    static Till onPostgres(String url, Path routes) throws Exception {
        return new Till(url, "postgres", routes.resolve("till")).laid("cast(? as timestamp)");
    }

    static Till onH2(Path routes) throws Exception {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return new Till(url, "sa", routes.resolve("till")).laid("cast(? as timestamp)");
    }

    /** In a file that is closed whenever nobody is connected. */
    static Till onH2File(Path routes, Path file) throws Exception {
        return new Till("jdbc:h2:" + file, "sa", routes.resolve("till")).laid("cast(? as timestamp)");
    }

    String url() {
        return url;
    }

    private Till laid(String from) throws IOException, SQLException {
        Files.createDirectories(folder.resolve("codes"));
        Files.writeString(folder.resolve("system.yaml"), """
                system: till
                title: The till
                owner: Test
                transport: jdbc
                zone: Asia/Shanghai
                charset: UTF-8
                every: PT1M
                connection: {url: "%s", user: %s, password: "${TILL_PASSWORD}"}
                pulls:
                  payment:
                    entities: [payment]
                    key: [PAY_ID]
                    cursor: {time: LAST_UPDATED, overlap: PT5M}
                    settings: {chunk: "10"}
                    columns: {PAY_ID: text, CONS_NO: text, PAY_AMT: decimal(2), CHANNEL: text, PAY_TIME: time, STATUS_CODE: text, LAST_UPDATED: time}
                  station:
                    entities: [registerreading]
                    key: [STATION, TAKEN_AT]
                    columns: {STATION: text, PLACE: text, TAKEN_AT: time, TOTAL: decimal(2)}
                """.formatted(url, user));
        ask("""
                select p.PAY_ID as "PAY_ID", p.CONS_NO as "CONS_NO", p.PAY_AMT as "PAY_AMT", p.CHANNEL as "CHANNEL",
                  p.PAY_TIME as "PAY_TIME", p.STATUS_CODE as "STATUS_CODE",
                  cast(p.LAST_UPDATED as char(19)) as "LAST_UPDATED"
                from till_payment p where p.LAST_UPDATED >= %s order by p.LAST_UPDATED, p.PAY_ID
                """.formatted(from.replace("?", ":?from")));
        Files.writeString(folder.resolve("station.sql"), """
                select s.STATION as "STATION", s.PLACE as "PLACE", s.TAKEN_AT as "TAKEN_AT", s.TOTAL as "TOTAL"
                from till_station s
                """);
        String route = Files.readString(NEW.resolveSibling("jdbc.camel.yaml")).replace("@system@", "till");
        Files.writeString(folder.resolve("payment.camel.yaml"), route.replace("@pull@", "payment"));
        Files.writeString(folder.resolve("station.camel.yaml"), route.replace("@pull@", "station"));
        Files.copy(NEW.resolve("payment.mapping.yaml"), folder.resolve("payment.mapping.yaml"));
        for (String table : new String[] {"CHANNEL", "STATUS_CODE"}) {
            String csv = "codes/PAYMENT." + table + ".csv";
            Files.copy(NEW.resolve(csv), folder.resolve(csv));
        }
        String mapping = Files.readString(WEATHER.resolve("registerreading.mapping.yaml"));
        Files.writeString(
                folder.resolve("registerreading.mapping.yaml"),
                mapping.replace("{origin: time, tie: ordinal}", "{column: TAKEN_AT}"));
        run(
                "drop table if exists till_payment",
                "drop table if exists till_station",
                """
                create table till_payment(PAY_ID varchar(20) primary key, CONS_NO varchar(16) not null,
                  PAY_AMT decimal(12,3), CHANNEL varchar(2), PAY_TIME varchar(20), STATUS_CODE varchar(2),
                  NOTE varchar(40), LAST_UPDATED timestamp(0) not null)
                """,
                "create table till_station(STATION varchar(8), PLACE varchar(8), TAKEN_AT varchar(20), TOTAL decimal(12,2))");
        run("insert into till_station values ('S1', 'P1', '" + TIME + "', 12.5)");
        return this;
    }

    /** Asks for payments with another query from now on. */
    void ask(String query) throws IOException {
        Files.writeString(folder.resolve("payment.sql"), query);
    }

    String question() throws IOException {
        return Files.readString(folder.resolve("payment.sql"));
    }

    /** A hub that knows this system alone; it has no samples, which only a folder of routes needs. */
    StoredHub hub(Store store) throws Exception {
        Catalog catalog = CatalogReader.only(folder, Path.of("config"), name -> "");
        return new StoredHub(catalog, folder.getParent(), Map.of(), store);
    }

    void pay(int id, String amount, String updated) throws SQLException {
        run("insert into till_payment(PAY_ID, CONS_NO, PAY_AMT, CHANNEL, PAY_TIME, STATUS_CODE, LAST_UPDATED)"
                + " values ('%05d', '3301', %s, '01', '%s', '1', '%s')".formatted(id, amount, TIME, updated));
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
