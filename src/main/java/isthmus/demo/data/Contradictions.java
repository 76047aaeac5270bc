package isthmus.demo.data;

import isthmus.demo.truth.CanonicalJson;
import isthmus.demo.truth.OtherNames;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the night has to find: {@code contradictions.jsonl} with what the systems do not agree about, and what they differ
 * in by less than the tolerance; {@code drift.jsonl} with what the store cannot know of; {@code identities.jsonl} with who
 * is behind each record of a customer.
 */
final class Contradictions implements AutoCloseable {
    private final Writer between;
    private final Writer drift;
    private final Writer identities;
    private final Set<String> active = new TreeSet<>();
    private final Set<String> nameless = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, List<String>> entries = new HashMap<>();
    private final Map<String, Map<String, String>> numbers = new TreeMap<>();
    private final OtherNames names = new OtherNames();

    private Contradictions(Writer between, Writer drift, Writer identities) {
        this.between = between;
        this.drift = drift;
        this.identities = identities;
    }

    static Contradictions create(Path dir) throws IOException {
        Files.createDirectories(dir);
        return new Contradictions(
                Files.newBufferedWriter(dir.resolve("contradictions.jsonl")),
                Files.newBufferedWriter(dir.resolve("drift.jsonl")),
                Files.newBufferedWriter(dir.resolve("identities.jsonl")));
    }

    void add(String check, String subject, String cause) throws IOException {
        add(check, subject, cause, true);
    }

    /** A difference that is none of anybody's business. */
    void addNear(String check, String subject) throws IOException {
        add(check, subject, "", false);
    }

    private void add(String check, String subject, String cause, boolean isBreak) throws IOException {
        add(check, subject, cause, isBreak, List.of());
    }

    /** @param one records of which the hub may have linked the first with another; then there is nothing to be found */
    private void add(String check, String subject, String cause, boolean isBreak, List<String> one) throws IOException {
        Map<String, Object> line =
                new TreeMap<>(Map.of("check", check, "subject", subject, "cause", cause, "isBreak", isBreak));
        if (!one.isEmpty()) {
            line.put("unlessOne", one);
        }
        between.write(CanonicalJson.of(line) + "\n");
    }

    /** @param kind {@code missing} in the store, {@code extra} there, or {@code different} */
    void drift(String kind, String system, String entity, String key) throws IOException {
        String id = id(system, entity, key);
        drift.write(CanonicalJson.of(Map.of("kind", kind, "system", system, "entity", entity, "id", id)) + "\n");
    }

    /**
     * A customer's record has come out.
     *
     * @param who the person or organization behind it
     * @param slips why it does not look like others of theirs
     */
    void identity(String system, String customer, String who, List<Slip> slips) throws IOException {
        List<String> codes = slips.stream().map(Slip::code).toList();
        identities.write(
                CanonicalJson.of(Map.of("record", id(system, "customer", customer), "who", who, "slips", codes))
                        + "\n");
    }

    private static String id(String system, String entity, String key) {
        return "urn:isthmus:yj:" + system + ":" + entity + ":" + key;
    }

    /** An account has come out of billing, with its customer or without. */
    void account(Row row, boolean hasCustomer) {
        String account = row.need("CONS_NO");
        if (row.need("STATUS_CODE").equals("0")) {
            active.add(account);
        }
        if (hasCustomer) {
            names.holder(row);
        } else {
            nameless.add(account);
        }
    }

    /** An entry of customer service has come out, as it stands in the end. */
    void entry(Row row, String who) throws IOException {
        String customer = row.need("customerNo");
        String record = id("crm", "customer", customer);
        String account = row.get("consNo");
        String number = row.get("idNo");
        if (!row.need("status").equals("C")) {
            entries.computeIfAbsent(who, fresh -> new ArrayList<>()).add(record);
            named.add(String.valueOf(account));
        }
        if (number != null) {
            numbers.computeIfAbsent(row.get("idType") + " " + number, fresh -> new TreeMap<>())
                    .put(customer, who);
        }
        if (names.isOther(row)) {
            add("X-NAME", account + "/" + customer, "by-key");
        }
    }

    @Override
    public void close() throws IOException {
        try (between;
                drift;
                identities) {
            for (String account : active) {
                addUnlessNamed(account);
            }
            for (Map<String, String> holders : numbers.values()) {
                addShared(holders);
            }
        }
    }

    /** Somebody in customer service should be linked to an active account. Where its holder has no name, the number is all there is. */
    private void addUnlessNamed(String account) throws IOException {
        if (!nameless.contains(account)) {
            List<String> one = new ArrayList<>(List.of(id("billing", "customer", "acct-" + account)));
            one.addAll(entries.getOrDefault(Client.HOLDER + account, List.of()));
            add("X-ACCT-NOCUST", account, "no-customer", true, one);
        } else if (!named.contains(account)) {
            add("X-ACCT-NOCUST", account, "no-customer");
        }
    }

    /** Whoever holds the number of somebody else is never one with them. */
    private void addShared(Map<String, String> holders) throws IOException {
        String first = "";
        for (Map.Entry<String, String> holder : holders.entrySet()) {
            first = first.isEmpty() ? holder.getKey() : first;
            if (!holder.getValue().equals(holders.get(first))) {
                add("X-DUP", twins(first, holder.getKey()), "number");
            }
        }
    }

    /** Two entries that are of one customer, as the check names them. */
    static String twins(String first, String other) {
        return "crm:" + first + "/crm:" + other;
    }
}
