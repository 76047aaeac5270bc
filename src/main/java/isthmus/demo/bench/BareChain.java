package isthmus.demo.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The least that brings rows from an island to a topic and a table: read, write JSON, send, stage by COPY and upsert. No
 * cursor, no checks, no history, no feed order: what {@code isthmus bench} divides by. Speaks lines: {@code chain FROM},
 * {@code read FROM}, {@code count}, {@code end}; answers {@code done N}.
 */
public final class BareChain implements AutoCloseable {
    private static final String TOPIC = "bench-bare";
    private static final int PARTITIONS = 6;
    private static final int FETCH = 1_000;
    private static final int CHUNK = 10_000;
    private static final Charset FILES = Charset.forName("GB18030");
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final String[] HEAD = {"asset", "point", "date", "type", "flag"};
    private static final byte[] COPY_END = {(byte) 0xFF, (byte) 0xFF};

    private static final String PRODUCER = """
            acks=all
            compression.type=lz4
            batch.size=262144
            linger.ms=5
            """;

    private final Path source;
    private final Connection store;
    private final CopyManager copier;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 12);
    private final JsonGenerator json;
    private ByteBuffer staged = ByteBuffer.allocate(16 << 20);
    private int waiting;

    private BareChain(Path source) throws SQLException, IOException, InterruptedException, ExecutionException {
        this.source = source;
        store = DriverManager.getConnection(
                need("ISTHMUS_STORE_URL"), need("ISTHMUS_STORE_USER"), need("ISTHMUS_STORE_PASSWORD"));
        store.setAutoCommit(false);
        execute("create table bench_bare (id text collate \"C\" primary key, body text not null)");
        execute("create temp table incoming (like bench_bare) on commit delete rows");
        store.commit();
        copier = store.unwrap(PGConnection.class).getCopyAPI();
        try (Admin admin = admin()) {
            var topic = new NewTopic(TOPIC, PARTITIONS, (short) 1);
            admin.createTopics(List.of(topic)).all().get();
        }
        Properties settings = new Properties();
        settings.load(new StringReader(PRODUCER));
        settings.put("bootstrap.servers", need("ISTHMUS_KAFKA"));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
        json.setRootValueSeparator(new SerializedString(""));
    }

    /** @param arguments the file of the query, or the folder of the curve files */
    public static void main(String[] arguments) throws Exception {
        try (var chain = new BareChain(Path.of(arguments[0]));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
                System.out.println("done " + chain.answer(line));
            }
        }
    }

    private long answer(String line) throws Exception {
        if (line.equals("count")) {
            return count();
        }
        boolean isWhole = line.startsWith("chain ");
        String from = line.substring(line.indexOf(' ') + 1);
        long records = Files.isDirectory(source) ? files() : rows(from, isWhole);
        if (isWhole) {
            store();
            producer.flush();
        }
        return records;
    }

    private long rows(String from, boolean isWhole) throws SQLException, IOException {
        String query = Files.readString(source).replace(":?from", "?");
        long records = 0;
        try (var island =
                DriverManager.getConnection(need("BILLING_URL"), need("BILLING_USER"), need("BILLING_PASSWORD"))) {
            island.setAutoCommit(false);
            try (var select = island.prepareStatement(query)) {
                select.setFetchSize(FETCH);
                select.setString(1, from);
                try (var row = select.executeQuery()) {
                    SerializedString[] names = names(row.getMetaData());
                    @Nullable String[] values = new String[names.length];
                    while (row.next()) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = row.getString(i + 1);
                        }
                        records++;
                        if (isWhole) {
                            carry(values[0] + "/" + values[1] + "/" + values[2], object(names, values));
                        }
                    }
                }
            }
        }
        return records;
    }

    private static SerializedString[] names(ResultSetMetaData columns) throws SQLException {
        SerializedString[] names = new SerializedString[columns.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = new SerializedString(columns.getColumnLabel(i + 1));
        }
        return names;
    }

    private byte[] object(SerializedString[] names, @Nullable String[] values) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            String value = values[i];
            if (value != null) {
                json.writeFieldName(names[i]);
                json.writeString(value);
            }
        }
        json.writeEndObject();
        return written();
    }

    private long files() throws IOException, SQLException {
        long records = 0;
        try (var files = Files.newDirectoryStream(source, "CURVE_*.csv")) {
            for (Path file : files) {
                try (var lines = CsvReader.builder().ofCsvRecord(file, FILES)) {
                    for (CsvRecord line : lines) {
                        if (line.getField(0).equals("D")) {
                            carry(line.getField(1) + "/" + line.getField(3), block(line));
                            records++;
                        }
                    }
                }
            }
        }
        return records;
    }

    private byte[] block(CsvRecord line) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < HEAD.length; i++) {
            json.writeFieldName(HEAD[i]);
            json.writeString(line.getField(i + 1));
        }
        json.writeArrayFieldStart("values");
        int last = line.getFieldCount() - 1;
        for (int i = 7; i < last; i++) {
            String value = line.getField(i);
            if (value.isEmpty()) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
        json.writeFieldName("sum");
        json.writeNumber(line.getField(last));
        json.writeEndObject();
        return written();
    }

    private byte[] written() throws IOException {
        json.flush();
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void carry(String key, byte[] body) throws SQLException {
        byte[] id = key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(TOPIC, id, body), (told, failure) -> {
            if (failure == null) {
                acknowledged.incrementAndGet();
            }
        });
        stage(id, body);
        if (waiting == CHUNK) {
            store();
        }
    }

    private void stage(byte[] id, byte[] body) {
        if (waiting == 0) {
            staged.put(COPY_HEADER);
        }
        int more = id.length + body.length + 16;
        if (staged.remaining() < more) {
            staged = ByteBuffer.allocate(2 * staged.capacity() + more).put(staged.flip());
        }
        staged.putShort((short) 2);
        staged.putInt(id.length).put(id).putInt(body.length).put(body);
        waiting++;
    }

    private void store() throws SQLException {
        if (waiting == 0) {
            return;
        }
        var copy = copier.copyIn("copy incoming from stdin (format binary)");
        staged.put(COPY_END);
        copy.writeToCopy(staged.array(), 0, staged.position());
        copy.endCopy();
        execute("insert into bench_bare select * from incoming on conflict (id) do update set body = excluded.body"
                + " where bench_bare.body <> excluded.body");
        store.commit();
        staged.clear();
        waiting = 0;
    }

    /** How many records lie in the table; fails unless as many were sent and acknowledged. */
    private long count() throws SQLException {
        try (var statement = store.createStatement();
                var row = statement.executeQuery("select count(*) from bench_bare")) {
            row.next();
            long rows = row.getLong(1);
            store.commit();
            if (acknowledged.get() != rows) {
                throw new IllegalStateException(acknowledged + " messages, but " + rows + " rows");
            }
            return rows;
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", need("ISTHMUS_KAFKA")));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = store.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String need(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    /** Leaves nothing behind that a server would go on caring for while somebody else is measured. */
    @Override
    public void close() throws SQLException {
        producer.close();
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(TOPIC))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        try (store) {
            execute("drop table bench_bare");
            store.commit();
        }
    }
}
