package isthmus.security.seal;

import isthmus.security.Masking;
import isthmus.security.Rights;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which values of which records name a person: those in the members that masking hides, but for what says only of which kind they are. */
final class Personal {
    /** What stands beside a value: kinds and flags; districts, which masking tells too; keyed hashes, by which records are found to be one. */
    private static final Set<String> BESIDE = Set.of(
            "type", "role", "adminCode", "confidence", "province", "city", "county", "datum", "hash", "verifiedAt");

    private static final Map<String, Set<String>> MEMBERS = members();

    private Personal() {}

    private static Map<String, Set<String>> members() {
        Map<String, Set<String>> members = new TreeMap<>();
        Rights.PERSONAL.forEach(entity -> members.put(entity, Masking.hiddenOf(entity)));
        return members;
    }

    /** None for an entity that names nobody. */
    static Set<String> members(String entity) {
        return MEMBERS.getOrDefault(entity, Set.of());
    }

    /** Names of members that stay in clear wherever they stand. */
    static Set<String> beside() {
        return BESIDE;
    }

    /** Whether there may be something to seal; false is certain. */
    static boolean isIn(String entity, byte[] record) {
        Set<String> members = members(entity);
        if (members.isEmpty()) {
            return false;
        }
        String text = new String(record, StandardCharsets.ISO_8859_1);
        return members.stream().anyMatch(member -> text.contains('"' + member + "\":"));
    }
}
