package isthmus.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** I9: names, numbers and addresses of the islands' people in anything that people look at who need not know them. */
final class Canaries {
    /** Chinese words of three characters and more, and runs of digits, are what a text is searched for. */
    private static final Pattern WORDS = Pattern.compile("[0-9]{11,18}[Xx]?|[\\p{IsHan}·]{3,}|[\\w.+-]+@[\\w.-]+");

    private final Set<String> personal = new HashSet<>();
    /** Words that makers of meters are called by, which the islands also put into addresses. */
    private final Set<String> nobodys = new HashSet<>();

    private final Verdict verdict;

    private Canaries(Verdict verdict) {
        this.verdict = verdict;
    }

    static void check(Ground ground, Verdict verdict) throws IOException, SQLException {
        Canaries canaries = new Canaries(verdict);
        Truths.lines(ground.data(), canaries::learn);
        canaries.personal.removeAll(canaries.nobodys);
        verdict.count("canaries", canaries.personal.size());
        ground.each(
                "select 'run ' || run, error from run where error is not null",
                row -> canaries.look(row.getString(1), row.getString(2)));
        ground.each(
                "select 'hint of refusal ' || id, hint from quarantine",
                row -> canaries.look(row.getString(1), row.getString(2)));
        ground.each(
                "select 'finding ' || key, detail::text from finding where detail is not null",
                row -> canaries.look(row.getString(1), row.getString(2)));
        for (String table : List.of("record", "record_history", "change", "match_subject", "match_frequency")) {
            ground.each("select t::text from " + table + " t", row -> canaries.look(table, row.getString(1)));
        }
        new Topics(ground.text("ISTHMUS_KAFKA"))
                .each(event -> canaries.look("an event of " + event.subject(), event.record()));
        Ground.Hub hub = ground.hub();
        if (hub == null) {
            verdict.remark("no hub was given (--hub): logs, metrics and health were not searched");
            return;
        }
        HubPages pages = new HubPages(hub.management());
        canaries.look("metrics", pages.metrics());
        canaries.look("health", pages.health().toString());
        for (Path log : hub.logs()) {
            canaries.look(log.getFileName().toString(), Files.readString(log, StandardCharsets.UTF_8));
        }
        verdict.count("logs", hub.logs().size());
    }

    private void learn(JsonNode line) {
        JsonNode record = line.path("record");
        learn(record.path("name").path("display").asText(), personal);
        record.path("addresses").forEach(address -> learn(address.path("raw").asText(), personal));
        learn(record.path("address").path("raw").asText(), personal);
        record.path("identifiers").forEach(id -> learn(id.path("value").asText(), personal));
        record.path("contacts").forEach(contact -> learn(contact.path("value").asText(), personal));
        learn(record.path("manufacturer").asText(), nobodys);
    }

    private static void learn(String text, Set<String> into) {
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            into.add(words.group());
        }
    }

    private void look(String where, String text) {
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            verdict.require(!personal.contains(words.group()), "%s holds %s", where, masked(words.group()));
        }
    }

    /** The checker's own output must not tell what it looks for. */
    private static String masked(String word) {
        return word.substring(0, 1) + "*".repeat(word.length() - 1);
    }
}
