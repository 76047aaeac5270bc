package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.identity.Survivorship.Chosen;
import isthmus.identity.Survivorship.Said;
import isthmus.identity.Survivorship.Source;
import isthmus.identity.match.Likeness;
import isthmus.security.Masked;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Composes a unified customer of its records (model.md 5.11): each value as the rules choose it, with whose it is and by
 * which rule, and what the others say instead. A pure function of what it is given.
 */
final class GoldenRecord {
    private static final List<String> PLAIN = List.of("kind", "name", "segment", "status", "locale");
    private static final Map<String, String> LISTS = new TreeMap<>(
            Map.of("identifiers", "type", "contacts", "type", "addresses", "role", "consents", "purpose"));

    private final Survivorship rules;
    private final BinaryOperator<String> fingerprint;
    private final Map<String, Object> provenance = new TreeMap<>();
    private final List<Object> conflicts = new ArrayList<>();

    /** @param fingerprint of a kind and a value, which tells nobody the value */
    GoldenRecord(Survivorship rules, BinaryOperator<String> fingerprint) {
        this.rules = rules;
        this.fingerprint = fingerprint;
    }

    /**
     * What is known of a customer.
     *
     * @param sources its records, at least one
     * @param links by which they are one, as they are published
     */
    record Known(
            String id,
            OffsetDateTime builtAt,
            List<Source> sources,
            List<Map<String, Object>> links,
            Set<String> accounts,
            Set<String> servicePoints,
            Set<String> aliases) {}

    /** The record as a tree that can be written canonically. */
    Map<String, Object> compose(Known known) {
        Map<String, Object> record = new TreeMap<>();
        record.put("id", known.id());
        for (String name : PLAIN) {
            Object value = plain(name, known.sources());
            if (value != null) {
                record.put(name, value);
            }
        }
        LISTS.forEach((name, key) -> {
            List<Object> items = list(name, key, known.sources());
            if (!items.isEmpty()) {
                record.put(name, items);
            }
        });
        String household = household(record);
        if (household != null) {
            record.put("household", known.id().replaceAll("unifiedcustomer:.*", "household:") + household);
        }
        record.put("provenance", provenance);
        record.put("conflicts", conflicts);
        record.put("links", known.links());
        record.put("accounts", List.copyOf(new TreeSet<>(known.accounts())));
        record.put("servicePoints", List.copyOf(new TreeSet<>(known.servicePoints())));
        record.put("aliases", List.copyOf(new TreeSet<>(known.aliases())));
        record.put("confidence", confidence(known));
        record.put("builtAt", GoldenLinks.text(known.builtAt()));
        return record;
    }

    private @Nullable Object plain(String name, List<Source> sources) {
        List<Source> having =
                sources.stream().filter(one -> isThere(one.body().path(name))).toList();
        if (having.isEmpty()) {
            return null;
        }
        List<Source> denying =
                sources.stream().filter(one -> one.body().path(name).isNull()).toList();
        Said said = new Said("/" + name, having, denying);
        Chosen chosen = rules.choose(said, one -> one.body().path(name).asText());
        note(said.path(), chosen);
        JsonNode value = chosen.source().body().path(name);
        having.stream()
                .filter(other -> !other.isManual()
                        && !other.silo().equals(chosen.source().silo()))
                .filter(other ->
                        chosen.isNone() || differ(name, value, other.body().path(name)))
                .findFirst()
                .ifPresent(other -> conflict(said.path(), name, having));
        return tree(value);
    }

    /** The items of each kind are taken whole from one record; nothing is mixed. */
    private List<Object> list(String name, String key, List<Source> sources) {
        Set<String> kinds = new TreeSet<>();
        sources.forEach(one ->
                one.body().path(name).forEach(item -> kinds.add(item.path(key).asText())));
        List<Object> items = new ArrayList<>();
        for (String kind : kinds) {
            Map<Boolean, List<Source>> saying = sources.stream()
                    .filter(one -> !of(one, name, key, kind).isEmpty())
                    .collect(Collectors.partitioningBy(one -> of(one, name, key, kind).stream()
                            .anyMatch(item -> !item.path("value").isNull())));
            List<Source> having = saying.getOrDefault(true, List.of());
            List<Source> denying = saying.getOrDefault(false, List.of());
            // Where nobody has a value, what is written in its place is kept.
            String path = "/" + name + "/" + kind;
            Said said = having.isEmpty() ? new Said(path, denying, List.of()) : new Said(path, having, denying);
            Chosen chosen = rules.choose(said, one -> of(one, name, key, kind).toString());
            note(said.path(), chosen);
            of(chosen.source(), name, key, kind).forEach(item -> items.add(tree(item)));
        }
        return items;
    }

    private static List<JsonNode> of(Source source, String name, String key, String kind) {
        List<JsonNode> items = new ArrayList<>();
        source.body().path(name).forEach(item -> {
            if (item.path(key).asText().equals(kind)) {
                items.add(item);
            }
        });
        return items;
    }

    private void note(String path, Chosen chosen) {
        Map<String, Object> by = new TreeMap<>();
        by.put("from", chosen.source().id());
        by.put("sequence", chosen.source().sequence());
        by.put("rule", chosen.rule().text());
        provenance.put(path, by);
    }

    private void conflict(String path, String name, List<Source> having) {
        List<Object> values = new ArrayList<>();
        for (Source one : having.stream().filter(one -> !one.isManual()).toList()) {
            Map<String, Object> value = new TreeMap<>();
            value.put("from", one.id());
            JsonNode said = one.body().path(name);
            value.put("valueMasked", name.equals("name") ? Masked.person(display(said)) : said.asText());
            values.add(value);
        }
        conflicts.add(new TreeMap<>(Map.of("path", path, "values", values)));
    }

    private static boolean differ(String name, JsonNode one, JsonNode other) {
        return name.equals("name")
                ? !Likeness.isOneName(display(one), display(other))
                : !one.asText().equals(other.asText());
    }

    private static String display(JsonNode name) {
        return name.path("display").asText();
    }

    /** Whoever lives in one flat is one household; it is told by a fingerprint of the flat, for persons only. */
    private @Nullable String household(Map<String, Object> record) {
        if (!"person".equals(record.get("kind")) || !(record.get("addresses") instanceof List<?> addresses)) {
            return null;
        }
        for (Object address : addresses) {
            if (address instanceof Map<?, ?> parts && parts.get("normalized") instanceof String text) {
                String flat = Likeness.flat(text);
                if (!flat.isEmpty()) {
                    return fingerprint.apply("household", flat).replaceFirst("^h[0-9]+:", "");
                }
            }
        }
        return null;
    }

    private static String confidence(Known known) {
        Set<Object> methods = new TreeSet<>();
        known.links().forEach(link -> methods.add(String.valueOf(link.get("method"))));
        if (methods.contains("manual")) {
            return "reviewed";
        }
        if (methods.contains("probabilistic")) {
            return "high";
        }
        return methods.isEmpty() ? "single" : "certain";
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static @Nullable Object tree(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), tree(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            node.forEach(item -> items.add(tree(item)));
            return items;
        }
        return node.isNull() ? null : node.isBoolean() ? node.asBoolean() : node.isInt() ? node.asInt() : node.asText();
    }
}
