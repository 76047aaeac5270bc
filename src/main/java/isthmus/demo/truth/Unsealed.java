package isthmus.demo.truth;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens with the JDK alone what the hub has sealed under the demo's master key, as docs/security.md says how it is sealed; so
 * that what is compared with the truth is what a person wrote, in the store as in Kafka.
 */
public final class Unsealed {
    private static final String MASTER = "isthmus-demo-seal-key-not-for-production";
    private static final String MARK = "sealed:";
    private static final String SAME = "sealed:=";
    private static final byte[] BOUND = "data key".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<Long, byte[]> keys = new HashMap<>();

    private Unsealed() {}

    /** With the keys as the store has them now; none for a store that has not been laid out. */
    public static Unsealed of(String url, String user, String password) throws SQLException {
        Unsealed unsealed = new Unsealed();
        byte[] master = wrapping();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select to_regclass('data_key') is not null")) {
                if (!found.next() || !found.getBoolean(1)) {
                    return unsealed;
                }
            }
            connection.setAutoCommit(false);
            statement.setFetchSize(2_000);
            try (ResultSet row = statement.executeQuery(
                    "select no, wrapped from data_key where wrapped is not null and profile = 'intl'")) {
                while (row.next()) {
                    unsealed.keys.put(row.getLong(1), open(master, BOUND, row.getBytes(2)));
                }
            }
        }
        return unsealed;
    }

    /** The record in clear; one in which nothing is sealed is the same text. */
    public String open(String id, String body) {
        if (!body.contains('"' + MARK)) {
            return body;
        }
        try {
            JsonNode record = JSON.readTree(body);
            return JSON.writeValueAsString(opened(id, "", record));
        } catch (IOException broken) {
            return body;
        }
    }

    private JsonNode opened(String id, String path, JsonNode value) throws IOException {
        if (value instanceof ObjectNode object) {
            JsonNode first = null;
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode sealed = member.getValue();
                boolean isSealed = sealed.isTextual() && sealed.textValue().startsWith(MARK);
                JsonNode clear = isSealed && first != null && sealed.textValue().equals(SAME)
                        ? first
                        : opened(id, path + '/' + member.getKey(), sealed);
                first = first == null && isSealed ? clear : first;
                member.setValue(clear);
            }
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, opened(id, path + '/' + i, list.get(i)));
            }
        } else if (value.isTextual()
                && value.textValue().startsWith(MARK)
                && !value.textValue().equals(SAME)) {
            String[] parts = value.textValue().split(":", 3);
            byte @Nullable [] key = keys.get(Long.parseLong(parts[1], Character.MAX_RADIX));
            if (key != null) {
                byte[] place = (id + '|' + path.substring(1) + "|1").getBytes(StandardCharsets.UTF_8);
                return JSON.readTree(open(key, place, Base64.getUrlDecoder().decode(parts[2])));
            }
        }
        return value;
    }

    private static byte[] wrapping() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(MASTER.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal("isthmus intl wrap".getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java has HmacSHA256", absent);
        }
    }

    private static byte[] open(byte[] key, byte[] place, byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(128, Arrays.copyOf(sealed, NONCE)));
            cipher.updateAAD(place);
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException other) {
            throw new IllegalStateException("sealed otherwise than docs/security.md says", other);
        }
    }
}
