package isthmus.serve.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.audit.Audit;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.security.share.Grant;
import isthmus.serve.Service;
import isthmus.serve.door.PartnerKeys;
import isthmus.serve.share.Grants.Wish;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A data service over customers with accounts and bills, and partners who ask. */
final class Town implements AutoCloseable {
    static final String FINANCE = "shareFinance";
    static final String TELECOM = "shareTelecom";
    static final String HASH = "h1:UThDaqfbwATWveLJ8piUuQ";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Store store = Store.fresh();
    final Service service;
    private final Map<String, String> keys = new HashMap<>();

    Town() {
        this(Map.of());
    }

    Town(Map<String, Object> settings) {
        service = Service.over(store, settings, Map.of());
    }

    @Override
    public void close() {
        service.close();
    }

    static String id(String entity, String key) {
        return Cargo.urn(entity, key);
    }

    /** @param consents {@code shareFinance} for a yes, {@code !shareFinance} for a no */
    static Fact customer(String key, int version, String... consents) {
        String said = Arrays.stream(consents)
                .map(one -> "{\"at\":\"2026-10-01T09:00:00+08:00\",\"granted\":" + !one.startsWith("!")
                        + ",\"purpose\":\"" + one.replace("!", "") + "\"}")
                .collect(Collectors.joining(","));
        return fact(
                "customer",
                key,
                version,
                "\"consents\":[" + said + "],\"identifiers\":[{\"hash\":\"" + HASH
                        + "\",\"masked\":\"410***********1234\",\"type\":\"cnResidentId\",\"verified\":true}],\"kind\":\"person\","
                        + "\"name\":{\"display\":\"章伟\",\"note\":\"secret " + key + "\"},\"status\":\"active\"");
    }

    static Fact account(String key, int version, String customer) {
        return fact(
                "account",
                key,
                version,
                "\"accountNo\":\"" + key + "\",\"customer\":\"" + id("customer", customer) + "\",\"billingDay\":"
                        + version + ",\"status\":\"active\"");
    }

    static Fact bill(String key, int version, String account, String total) {
        return fact(
                "bill",
                key,
                version,
                "\"account\":\"" + id("account", account) + "\",\"amounts\":{\"net\":\"1.00\","
                        + "\"total\":\"" + total + "\"},\"lines\":[{\"amount\":\"" + total
                        + "\",\"kind\":\"energy\",\"no\":1,\"text\":\"secret\"}],\"status\":\"issued\"");
    }

    private static Fact fact(String entity, String key, int version, String members) {
        String id = id(entity, key);
        return Cargo.fact(entity, id, Op.UPSERT, version, "{\"id\":\"" + id + "\"," + members + "}", null, List.of());
    }

    void say(Fact... facts) {
        for (Fact fact : facts) {
            store.chunks.commit(Cargo.chunk(1, fact));
        }
    }

    /** Has the hub take these customers for one person. */
    void link(String... customers) {
        String golden = "urn:isthmus:yj:hub:unifiedcustomer:" + customers[0];
        store.sql
                .sql("insert into golden (id, anchor, built_at) values (?, ?, now())")
                .params(golden, id("customer", customers[0]))
                .update();
        for (String customer : customers) {
            store.sql
                    .sql("insert into golden_member (member, golden) values (?, ?)")
                    .params(id("customer", customer), golden)
                    .update();
        }
    }

    Grants grants(Clock clock) {
        return new Grants(store.source, new Audit(store.source, clock), clock);
    }

    Grant grant(String partner, String purpose, String entity, String... fields) {
        return grants(store.clock).give(wish(partner, purpose, entity, fields), "clerk");
    }

    static Wish wish(String partner, String purpose, String entity, String... fields) {
        return new Wish(
                partner, purpose, entity, List.of(fields), null, Instant.now().plus(Duration.ofDays(30)), "DPO-117");
    }

    HttpResponse<String> ask(String partner, String path) throws Exception {
        return service.get(path, "X-Api-Key", key(partner));
    }

    String key(String partner) {
        return keys.computeIfAbsent(partner, name -> PartnerKeys.of(store, name));
    }

    JsonNode json(String partner, String path) throws Exception {
        return JSON.readTree(ask(partner, path).body());
    }

    /** The lines of a feed but the last. */
    List<JsonNode> events(String partner, String path) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : ask(partner, path).body().lines().toList()) {
            JsonNode read = JSON.readTree(line);
            if (read.has("event")) {
                events.add(read.path("event"));
            }
        }
        return events;
    }

    /** Where a feed goes on behind everything that there is. */
    String end(String partner, String path) throws Exception {
        List<String> lines = ask(partner, path).body().lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1)).path("position").asText();
    }
}
