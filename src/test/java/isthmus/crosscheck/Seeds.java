package isthmus.crosscheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.store.Store;
import java.util.regex.Pattern;

/** Puts records of a sample into the store: {@code <silo> <entity> <key>: {body}}, where {@code @entity key} is a reference. */
public final class Seeds {

    private Seeds() {}

    public static void write(Store store, JsonNode records) {
        records.properties().forEach(record -> {
            String[] name = record.getKey().split(" ", 3);
            boolean isQuarantined = name[0].equals("quarantine");
            if (isQuarantined) {
                quarantine(store, name[1], name[2], record.getValue());
            } else {
                record(store, name[0], name[1], name[2], record.getValue());
            }
        });
    }

    /** A record with nothing but what is said of it. */
    public static void record(Store store, String silo, String entity, String key, String body) {
        try {
            record(store, silo, entity, key, new ObjectMapper().readTree(body));
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException(fault);
        }
    }

    private static void record(Store store, String silo, String entity, String key, JsonNode said) {
        ObjectNode body = said.deepCopy();
        JsonNode time = body.remove("time");
        JsonNode energy = body.remove("energy");
        store.sql
                .sql(
                        "insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time, partitionkey,"
                                + " energy, recorded_from, chunk, ordinal, mapping, body) values (?, ?, ?, '1', ?, ?, md5(?)::uuid,"
                                + " md5('')::uuid, ?::timestamptz, '', ?::numeric, now(), 1, 1, '', ?::json)")
                .params(
                        entity,
                        urn(silo, entity, key),
                        silo,
                        said.path("deleted").asBoolean(),
                        Integer.toHexString(said.hashCode()),
                        key,
                        time == null ? "2026-11-01T00:00:00+08:00" : time.asText(),
                        energy == null ? null : energy.asText(),
                        expanded(body.toString(), silo))
                .update();
    }

    private static void quarantine(Store store, String system, String entity, JsonNode locator) {
        store.sql
                .sql(
                        "insert into quarantine (fingerprint, run, chunk, system, pull, entity, locator, reason, hint, bytes, origin,"
                                + " first_seen, last_seen, times) values (?, 1, 1, ?, '', ?, ?, 'KEY-INVALID', '', '', '{}', now(), now(), 1)")
                .params(system + entity + locator.asText(), system, entity, locator.asText())
                .update();
    }

    /** {@code "@account 310"} is the id of that account of the same system, {@code "@crm:account 310"} of another. */
    private static String expanded(String json, String silo) {
        return Pattern.compile("\"@(?:([a-z]+):)?([a-z]+) ([^\"]+)\"")
                .matcher(json)
                .replaceAll(reference -> "\""
                        + urn(
                                reference.group(1) == null ? silo : reference.group(1),
                                reference.group(2),
                                reference.group(3))
                        + "\"");
    }

    static String urn(String silo, String entity, String key) {
        return "urn:isthmus:yj:" + silo + ":" + entity + ":" + key;
    }
}
