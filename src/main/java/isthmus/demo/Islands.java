package isthmus.demo;

import isthmus.demo.data.World;
import isthmus.demo.data.WorldOptions;
import isthmus.demo.server.KafkaServer;
import isthmus.demo.server.PostgresServer;
import isthmus.demo.truth.Checker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything around the hub that a fresh clone does not have: three legacy islands with a world in them, and the store
 * and broker that the hub writes to. As a program it is a child process that speaks lines; see {@link Conversation}.
 */
public final class Islands implements AutoCloseable {
    private static final String HMAC_KEY = "isthmus-demo-hmac-key-not-for-production";
    private static final String SEAL_KEY = "isthmus-demo-seal-key-not-for-production";

    private final DataDirectory data;
    private final Archipelago servers;
    private final Map<String, String> environment;
    private final Path state;
    private boolean isClosed;

    private Islands(DataDirectory data, Archipelago servers, WorldOptions world) throws IOException {
        this.data = data;
        this.servers = servers;
        this.environment = Collections.unmodifiableMap(environment(servers));
        this.state = data.publish(world, environment);
    }

    public static void main(String[] arguments) {
        System.exit(Conversation.hold(arguments));
    }

    /** Starts the islands; a data directory that already holds a world keeps it, whatever the options say. */
    public static Islands start(IslandsOptions options) throws IOException {
        DataDirectory data = DataDirectory.open(options.data());
        try {
            WorldOptions world = data.world().orElse(options.world());
            return new Islands(data, Archipelago.start(data, options, world), world);
        } catch (IOException | RuntimeException e) {
            try (data) {
                throw e;
            }
        }
    }

    private static Map<String, String> environment(Archipelago servers) {
        var environment = new TreeMap<String, String>();
        PostgresServer store = servers.store();
        KafkaServer kafka = servers.kafka();
        if (store != null && kafka != null) {
            environment.put("ISTHMUS_STORE_URL", store.url());
            environment.put("ISTHMUS_STORE_USER", store.user());
            environment.put("ISTHMUS_STORE_PASSWORD", store.password());
            environment.put("ISTHMUS_KAFKA", kafka.bootstrap());
            environment.put("ISTHMUS_HMAC_KEY", base64(HMAC_KEY));
            environment.put("ISTHMUS_SEAL_KEY", base64(SEAL_KEY));
        }
        environment.put("BILLING_URL", servers.billing().url());
        environment.put("BILLING_USER", servers.billing().user());
        environment.put("BILLING_PASSWORD", servers.billing().password());
        environment.put("METERING_HOST", servers.metering().host());
        environment.put("METERING_PORT", Integer.toString(servers.metering().port()));
        environment.put("METERING_USER", servers.metering().user());
        environment.put("METERING_PASSWORD", servers.metering().password());
        environment.putAll(servers.metering().identity());
        environment.put("CRM_URL", servers.crm().url());
        environment.put("CRM_USER", servers.crm().user());
        environment.put("CRM_PASSWORD", servers.crm().password());
        return environment;
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the hub needs to know, by the names of its environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@code islands.json}, which says all this to others. */
    Path state() {
        return state;
    }

    /** Lets the second tide in: rows that commit late, files that are sent again. It comes in once a data directory. */
    public synchronized void tide() throws IOException, SQLException {
        try (var connection = servers.billing().owner()) {
            World.tide(connection, data.path());
        }
        servers.crm().readAgain();
    }

    /** Compares store and topics with the truth; one line of JSON. */
    public String check() throws IOException, SQLException {
        PostgresServer store = servers.store();
        KafkaServer kafka = servers.kafka();
        if (store == null || kafka == null) {
            throw new IOException("store and broker are somebody else's");
        }
        return Checker.check(data.path(), store.url(), store.user(), store.password(), kafka.bootstrap());
    }

    /** Stops all servers; a second call waits for the first and does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (servers) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            try (data) {
                servers.close();
            }
        }
    }
}
