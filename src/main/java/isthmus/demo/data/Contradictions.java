package isthmus.demo.data;

import isthmus.demo.truth.CanonicalJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<String> named = new HashSet<>();

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
        between.write(CanonicalJson.of(Map.of("check", check, "subject", subject, "cause", cause, "isBreak", isBreak))
                + "\n");
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

    /** An active account has come out of billing; somebody in customer service should name it. */
    void active(String account) {
        active.add(account);
    }

    void named(String account) {
        named.add(account);
    }

    @Override
    public void close() throws IOException {
        try (between;
                drift;
                identities) {
            for (String account : active) {
                if (!named.contains(account)) {
                    add("X-ACCT-NOCUST", account, "no-customer");
                }
            }
        }
    }
}
