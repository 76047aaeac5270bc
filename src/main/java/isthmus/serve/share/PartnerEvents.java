package isthmus.serve.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPages.Told;
import isthmus.feed.FeedPosition;
import isthmus.security.share.Cut;
import isthmus.security.share.Pseudonyms;
import isthmus.serve.share.Consents.Subject;
import isthmus.serve.share.Portion.Verdicts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The changes of an entity as one partner is told them. What changes of a customer who consents is told, cut; of one who did
 * once and does not now as a {@code delete} with nothing but its id, of a customer all the records that are one with it; of
 * everybody else nothing. The positions go on over what is left out.
 */
final class PartnerEvents {
    private static final String CUSTOMER = "customer";

    private final Portion portion;
    private final Pseudonyms names;
    private final String entity;

    PartnerEvents(Portion portion, Pseudonyms names, String entity) {
        this.portion = portion;
        this.names = names;
        this.entity = entity;
    }

    Page page(Connection connection, Page page, FeedPosition from) throws SQLException {
        List<JsonNode> events =
                page.told().stream().map(told -> Portion.read(told.event())).toList();
        boolean isState = from.isInState();
        Verdicts verdicts =
                portion.verdicts(connection, events.stream().map(this::subject).toList(), !isState);
        List<Told> told = new ArrayList<>();
        FeedPosition before = from;
        for (int n = 0; n < events.size(); n++) {
            FeedPosition here = page.told().get(n).position();
            JsonNode event = events.get(n);
            Cut cut = verdicts.cut(n);
            if (cut != null && !isDelete(event)) {
                told.add(new Told(here, upsert(event, cut)));
            } else if (!isState && (cut != null || verdicts.word(n).ever())) {
                deletes(event, verdicts.word(n).persons(), before, here, told);
            }
            before = here;
        }
        return new Page(told, page.next(), page.more());
    }

    private Subject subject(JsonNode event) {
        return portion.subject(event.at("/data/record"), isDelete(event));
    }

    private static boolean isDelete(JsonNode event) {
        return event.path("type").asText().endsWith(".delete.v1");
    }

    private byte[] upsert(JsonNode event, Cut cut) {
        ObjectNode told = envelope(
                event,
                event.path("subject").asText(),
                "upsert",
                event.path("id").asText());
        told.putObject("data").set("record", cut.told(event.at("/data/record"), names));
        return Portion.bytes(told);
    }

    /** Before the last of them the reader is where it was: who stops between them is told all again. */
    private void deletes(JsonNode event, Set<String> persons, FeedPosition before, FeedPosition here, List<Told> told) {
        Set<String> ids = new LinkedHashSet<>();
        if (entity.equals(CUSTOMER) && !isDelete(event)) {
            ids.addAll(persons);
        }
        String subject = event.path("subject").asText();
        ids.remove(subject);
        for (String id : ids) {
            told.add(new Told(before, delete(event, id)));
        }
        told.add(new Told(here, delete(event, subject)));
    }

    private byte[] delete(JsonNode event, String id) {
        ObjectNode told = envelope(event, id, "delete", event.path("id").asText() + "\ndelete\n" + id);
        told.putObject("data").putObject("record").put("id", names.id(id));
        return Portion.bytes(told);
    }

    /** What a CloudEvent must say and a reader needs; what else the hub's own say would give keys and systems away. */
    private ObjectNode envelope(JsonNode event, String subject, String op, String id) {
        return Portion.JSON
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", names.digest("event", id))
                .put("source", names.source())
                .put("type", "org.isthmus." + entity + "." + op + ".v1")
                .put("subject", names.id(subject))
                .put("time", event.path("time").asText())
                .put("datacontenttype", "application/json")
                .put("partitionkey", names.told(event.path("partitionkey").asText()))
                .put("dataclassification", "confidential")
                .put("dataregulation", "PIPL");
    }
}
