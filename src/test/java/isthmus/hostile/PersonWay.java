package isthmus.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.erasure.Canary;
import isthmus.security.Role;
import isthmus.serve.Service;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What is tried upon a person who is to be forgotten, and upon what is sealed. */
final class PersonWay implements Way {
    /** Of a customer of this name the source goes on telling at every pull. */
    private static final String NAME = "四灭秘鸟";

    private static final String[] WHY = {"Isthmus-Purpose", "complaint", "Isthmus-Ticket", "CS-1"};

    private final Siege siege;
    private final RunningHub hub;
    private final Store store;
    private @Nullable String erased;

    PersonWay(Siege siege) {
        this.siege = siege;
        hub = siege.hub;
        store = siege.store;
    }

    @Override
    public String outcome(BadInput input) throws Exception {
        return switch (input.sent()) {
            case "approval of one's own request" -> own();
            case "a record after its erasure" -> late();
            case "what is left of it in the store" -> {
                late();
                yield Canary.in(store, List.of(NAME)).isEmpty() ? "nothing of it" : "something";
            }
            case "what is left of it in the topics" -> topics();
            case "what is left of it in files and the log" ->
                hub.log().contains(NAME) || isInFiles() ? "something" : "nothing of it";
            case "a master key that nobody has" -> lost();
            case "ciphertext of another customer" -> swapped();
            default -> throw new IllegalArgumentException("no recipe " + input.sent());
        };
    }

    private String officer() {
        return siege.askers.token("olga", Role.PRIVACY_OFFICER);
    }

    private List<String> customers(String name) {
        var opener = isthmus.security.seal.Sealed.seals(store.source).opener();
        return store
                .sql
                .sql("select id, body from record_customer where not deleted order by id")
                .query((row, n) -> opener.open("customer", row.getString(1), row.getString(2))
                                .contains(name)
                        ? row.getString(1)
                        : "")
                .list()
                .stream()
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private JsonNode ask(String id, String token) throws IOException {
        return hub.post(
                "/api/v1/erasures",
                "{\"subject\":\"" + id + "\",\"reason\":\"in writing\",\"ticket\":\"DSR-1\"}",
                token);
    }

    private String own() throws IOException {
        String both = siege.askers.token(Askers.EVERYBODY);
        JsonNode asked = ask(customers("李四").get(0), both);
        JsonNode own = hub.post(
                "/api/v1/erasures/" + asked.path("number").asLong() + "/approve", "{\"reason\":\"checked\"}", both);
        return own.path("status").asInt() + " " + own.path("code").asText();
    }

    /** The source shows all of its customers whenever it is asked. */
    private String late() throws IOException {
        if (erased == null) {
            List<String> found = customers(NAME);
            if (found.isEmpty()) {
                return "";
            }
            String id = found.get(0);
            JsonNode asked = ask(id, siege.askers.token("oscar", Role.OPERATOR));
            JsonNode done = hub.post(
                    "/api/v1/erasures/" + asked.path("number").asLong() + "/approve",
                    "{\"reason\":\"checked\"}",
                    officer());
            if (!done.path("state").asText().equals("done")) {
                return done.toString();
            }
            erased = id;
        }
        boolean isShown = store.count("finding where code = 'PERSON-ERASED' and subject = '" + erased + "'") == 1;
        boolean isKept = store.count("record where id = '" + erased + "' and not deleted") > 0;
        return isKept ? "kept" : isShown ? "not kept" : "";
    }

    /** Kafka has only ever had it sealed. */
    private String topics() {
        Map<String, Object> settings = Map.of("bootstrap.servers", siege.broker.bootstrap());
        try (var consumer =
                new KafkaConsumer<byte[], byte[]>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            consumer.listTopics()
                    .forEach((topic, parts) ->
                            parts.forEach(part -> all.add(new TopicPartition(topic, part.partition()))));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            int customers = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var event : consumer.poll(Duration.ofMillis(200))) {
                    String value = event.value() == null ? "" : new String(event.value(), StandardCharsets.UTF_8);
                    customers += event.topic().contains("customer") ? 1 : 0;
                    if (value.contains(NAME)) {
                        return "something";
                    }
                }
            }
            return customers == 0 ? "" : "nothing of it";
        }
    }

    private boolean isInFiles() throws IOException {
        byte[] name = NAME.getBytes(StandardCharsets.UTF_8);
        try (var files = java.nio.file.Files.walk(siege.root)) {
            for (var file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
                String text = new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (text.contains(new String(name, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private String lost() throws IOException {
        store.sql.sql("insert into master_key (id) values ('0000000000000000')").update();
        try {
            String health = hub.told("/actuator/health", siege.askers.token("watcher", Role.VIEWER))
                    .body();
            return health.contains("SEAL-AWAY") && health.contains("0000000000000000") ? "health names it" : health;
        } finally {
            store.sql
                    .sql("delete from master_key where id = '0000000000000000'")
                    .update();
        }
    }

    private String swapped() throws IOException {
        List<String> ids = customers("张三");
        if (ids.size() < 2) {
            return "";
        }
        String mine = body(ids.get(0));
        String name = mine.replaceAll(".*\"display\":\"(sealed:[^\"]*)\".*", "$1");
        String other = body(ids.get(1)).replaceAll(".*\"display\":\"(sealed:[^\"]*)\".*", "$1");
        write(ids.get(0), mine.replace(name, other));
        try {
            var answer = hub.get("/api/v1/customer/" + Service.encoded(ids.get(0)), officer(), WHY);
            return answer.statusCode() + (answer.body().contains("API-SEALED") ? " API-SEALED" : answer.body());
        } finally {
            write(ids.get(0), mine);
        }
    }

    private String body(String id) {
        return store.sql
                .sql("select body from record_customer where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private void write(String id, String body) {
        store.sql
                .sql("update record_customer set body = ?::json where id = ?")
                .params(body, id)
                .update();
    }
}
