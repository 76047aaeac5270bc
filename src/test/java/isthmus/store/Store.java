package isthmus.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import isthmus.security.seal.Sealer;
import isthmus.source.Arrivals;
import isthmus.source.Positions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store on a real PostgreSQL, one server for the whole JVM and a fresh database for each test class. */
public final class Store {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    static {
        create("laid");
        Flyway.configure()
                .dataSource(SERVER.getDatabase("postgres", "laid"))
                .load()
                .migrate();
    }

    public final DataSource source;
    public final JdbcClient sql;
    public final Clock clock = Clock.systemUTC();
    public final ChunkStore chunks;

    private final String url;

    private Store(DataSource source, String url) {
        this.url = url;
        this.source = source;
        this.sql = JdbcClient.create(source);
        this.chunks = chunks(source);
    }

    public static Store fresh() {
        String name = "t" + DATABASES.incrementAndGet();
        create(name + " template laid");
        return new Store(SERVER.getDatabase("postgres", name), SERVER.getJdbcUrl("postgres", name));
    }

    /** A database in which nothing is laid yet. */
    public static DataSource empty() {
        String name = "t" + DATABASES.incrementAndGet();
        create(name);
        return SERVER.getDatabase("postgres", name);
    }

    /** One at whose address nobody listens. */
    public static Store away() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setURL("jdbc:postgresql://127.0.0.1:1/away");
        return new Store(nobody, String.valueOf(nobody.getUrl()));
    }

    private static void create(String database) {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public String url() {
        return url;
    }

    public ChunkStore chunks(DataSource through) {
        return new ChunkStore(through, clock, Sealer.NONE);
    }

    /** Takes the flag from those of a system whose parents have come. */
    public void heal(String system) {
        new Pending(source).heal(system);
    }

    public Positions positions() {
        return new StoredPositions(source);
    }

    public Arrivals arrivals() {
        return new StoredArrivals(source, clock);
    }

    /** Forgets everything that a chunk writes. */
    public void forget() {
        sql.sql(
                        "truncate record, record_history, chunk, chunk_log, change, run, run_count, cursor, arrival, quarantine,"
                                + " finding, pending_ref")
                .update();
    }

    public long count(String table) {
        return sql.sql("select count(*) from " + table).query(Long.class).single();
    }

    /** What is in the audit: who, what and to what. */
    public List<String> audit() {
        return sql.sql("select actor || ' ' || action || ' ' || subject || ': ' || detail from audit order by id")
                .query(String.class)
                .list();
    }

    /** Everything that is true now, as text: equal exactly when the stored bytes are. */
    public String bodies() {
        return sql.sql("select coalesce(string_agg(id || ' ' || deleted || ' ' || contenthash || ' ' || body::text,"
                        + " E'\\n' order by id), '') from record")
                .query(String.class)
                .single();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
