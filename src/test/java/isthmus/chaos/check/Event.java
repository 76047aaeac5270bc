package isthmus.chaos.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One event of the feed as it lies in a topic.
 *
 * @param attributes the CloudEvents attributes that are text
 * @param record the bytes of {@code data.record}, as text
 */
record Event(String topic, int partition, int partitions, String key, Map<String, String> attributes, String record) {
    private static final JsonFactory JSON = new JsonFactory();

    static Event read(String topic, int partition, int partitions, byte[] key, byte[] value) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        String record = "";
        try (JsonParser json = JSON.createParser(value)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("data")) {
                    record = record(json, value);
                } else if (json.currentToken().isScalarValue()) {
                    attributes.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return new Event(topic, partition, partitions, text, attributes, record);
    }

    private static String record(JsonParser json, byte[] value) throws IOException {
        String body = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isRecord = json.currentName().equals("record");
            json.nextToken();
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            if (isRecord) {
                int to = (int) json.currentLocation().getByteOffset();
                body = new String(value, from, to - from, StandardCharsets.UTF_8);
            }
        }
        return body;
    }

    String text(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    String subject() {
        return text("subject");
    }

    /** {@code upsert} or {@code delete}, out of {@code org.isthmus.<entity>.<op>.v1}. */
    String op() {
        String[] parts = text("type").split("\\.");
        return parts.length < 5 ? "" : parts[3];
    }

    /** The id that these attributes must have (model.md 3.1). */
    String expectedId() {
        return id(subject(), op(), text("sequence"), text("contenthash"));
    }

    static String id(String subject, String op, String sequence, String contentHash) {
        String text = subject + '\n' + op + '\n' + sequence + '\n' + contentHash;
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
