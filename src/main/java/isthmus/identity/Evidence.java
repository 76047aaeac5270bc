package isthmus.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says the evidence of a link in sentences. */
final class Evidence {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Evidence() {}

    /** What each rule has seen, then what keeps the pair from being linked. */
    static List<String> sentences(String json, @Nullable String reason) {
        List<String> sentences = new ArrayList<>();
        JsonNode all = tree(json);
        for (JsonNode one : all) {
            if (one.has("rule")) {
                sentences.add(sentence(one));
            }
        }
        if (reason != null) {
            sentences.add(against(reason, all.path(all.size() - 1)));
        }
        return List.copyOf(sentences);
    }

    private static String sentence(JsonNode one) {
        String no = one.path("no").asText();
        return switch (one.path("rule").asText()) {
            case "XREF" ->
                "The customer names account %s in %s."
                        .formatted(no, one.path("field").asText());
            case "ACCT-NO" -> "Both are account %s.".formatted(no);
            case "SP-NO" -> "Both are service point %s.".formatted(no);
            case "ASSET-NO" -> "Meter %s hangs at both at the same time.".formatted(no);
            case "ID-HASH", "USCC" ->
                "Both hold the same verified %s, fingerprint %s."
                        .formatted(
                                one.path("type").asText(),
                                one.path("fingerprint").asText());
            case "MATCH" -> likeness(one);
            case "PERSON" -> "No rule had found them.";
            default -> "Found by %s.".formatted(one.path("rule").asText());
        };
    }

    /** Which fields agree how far, and how likely that makes it; the weights by {@code isthmus identity explain}. */
    private static String likeness(JsonNode one) {
        List<String> levels = new ArrayList<>();
        one.path("levels")
                .forEach(pair ->
                        levels.add(pair.path(0).asText() + " " + pair.path(1).asText()));
        return "They are alike by %s: %s of 1 by the weights %s."
                .formatted(
                        String.join(", ", levels),
                        one.path("score").path("posterior").asText(),
                        one.path("version").asText());
    }

    private static String against(String reason, JsonNode last) {
        return switch (reason) {
            case "other-number" -> "But they hold different verified identity numbers of one kind.";
            case "other-kind" -> "But one is a person, the other an organization.";
            case "ended-before" ->
                "But one had ended on %s, before the other began on %s."
                        .formatted(
                                last.path("ended").asText(), last.path("began").asText());
            case "other-name" -> "But their names do not resemble each other.";
            case "many-holders" ->
                "But more than twenty customers hold it, so it may be an agent's, or stand for nothing.";
            case "several-places" -> "But at that time a system has the meter at more than one point.";
            case "unlike" -> "But their names do not resemble each other, as those of a family do not.";
            case "unsure" -> "But that is not sure enough to link them without a person.";
            case "thin" -> "But only one of name, address and contact says so.";
            case "rival" -> "But one of them might as well be another record of the same system.";
            case "one-system" -> "But both are of one system, where only a person says that somebody is there twice.";
            case "cluster-apart" -> "But it would bring two together that are known to be apart.";
            case "cluster-large" -> "But a customer of so many records would be none.";
            case "rejected" -> "But a person has said that they are not one.";
            case "undone" -> "A person has taken back what was said; the rules decide again in the next night.";
            case "holds-no-more" -> "It holds no more.";
            default -> "But: " + reason + ".";
        };
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("the evidence of a link is not JSON", fault);
        }
    }
}
