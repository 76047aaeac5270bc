package isthmus.serve.share;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPosition;
import isthmus.security.Caller;
import isthmus.security.share.Cut;
import isthmus.security.share.Grant;
import isthmus.security.share.Pseudonyms;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.share.Consents.Subject;
import isthmus.serve.share.Consents.Word;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one partner gets of an entity: of the records whose customers consent the granted members, under the partner's own
 * names. Grants and consents are asked for anew with each page.
 */
public final class Portion {
    static final String ATTRIBUTE = "isthmus.portion";
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String PLACE = "place";

    private final String partner;
    private final String entity;
    private final Pseudonyms names;
    private final Reads reads;
    private final Clock clock;
    private final Cut atMost;

    /** @param grants that are good as it begins */
    Portion(String partner, String entity, List<Grant> grants, Pseudonyms names, Reads reads, Clock clock) {
        this.partner = partner;
        this.entity = entity;
        this.names = names;
        this.reads = reads;
        this.clock = clock;
        this.atMost = cut(grants);
    }

    /** Of who asks; null for one of the utility's own, who is told whole records. */
    public static @Nullable Portion of(HttpServletRequest request) {
        Portion portion = (Portion) request.getAttribute(ATTRIBUTE);
        if (portion == null
                && request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                && caller.partner() != null) {
            throw Refused.right("entity", "nobody has found out what this partner may have");
        }
        return portion;
    }

    /** The record that the partner means; empty when it was never given that name. */
    public Optional<String> record(String name) {
        return names.record(entity, name);
    }

    /** The partner's name for a record. */
    public String name(String id) {
        return names.id(id);
    }

    /** Where the partner is in a feed or list, as it may carry it: the place itself would tell an id, or be the same for others. */
    public String place(Object place) {
        return names.word(PLACE, place.toString());
    }

    /** The place that it carries; empty when it was not given to this partner. */
    public Optional<String> placed(String given) {
        return names.text(PLACE, given);
    }

    /** Whether something of what lies at a JSON pointer was granted when this partner asked. */
    public boolean shows(String pointer) {
        return atMost.reaches(pointer);
    }

    private static Cut cut(List<Grant> grants) {
        return Cut.of(grants.stream().flatMap(grant -> grant.fields().stream()).toList());
    }

    /** The grants that are good at an instant. */
    static List<Grant> grants(Connection connection, String partner, String entity, Instant at) throws SQLException {
        List<Grant> good = Grants.good(connection, partner, entity, at);
        if (good.isEmpty()) {
            throw Refused.right("entity", "no grant of it is good for this partner now");
        }
        return good;
    }

    /** Through a connection of the service's own, where the records come by another that is busy. */
    public List<byte[]> records(List<byte[]> bodies) {
        return reads.ask(connection -> records(connection, bodies));
    }

    /**
     * Of these records what the partner gets, in their order; of those whose customers do not consent nothing.
     *
     * @param bodies canonical bytes, none of a deleted record
     */
    public List<byte[]> records(Connection connection, List<byte[]> bodies) throws SQLException {
        List<JsonNode> records = bodies.stream().map(Portion::read).toList();
        Verdicts verdicts = verdicts(
                connection,
                records.stream().map(record -> subject(record, false)).toList(),
                false);
        List<byte[]> told = new ArrayList<>();
        for (int n = 0; n < records.size(); n++) {
            Cut cut = verdicts.cut(n);
            if (cut != null) {
                told.add(bytes(cut.told(records.get(n), names)));
            }
        }
        return told;
    }

    /** A page of the feed as the partner gets it. */
    public Page page(Connection connection, Page page, FeedPosition from) throws SQLException {
        return new PartnerEvents(this, names, entity).page(connection, page, from);
    }

    Subject subject(JsonNode record, boolean gone) {
        String link = record.path(String.valueOf(Consents.LINKS.get(entity))).textValue();
        return new Subject(record.path("id").asText(), link, gone);
    }

    Verdicts verdicts(Connection connection, List<Subject> subjects, boolean past) throws SQLException {
        List<Grant> grants = grants(connection, partner, entity, clock.instant());
        Set<String> purposes = new TreeSet<>();
        grants.forEach(grant -> purposes.add(grant.purpose()));
        return new Verdicts(grants, Consents.of(connection, entity, subjects, purposes, past));
    }

    /** What is told of each record of a page. */
    static final class Verdicts {
        private final List<Grant> grants;
        private final List<Word> words;
        private final Map<Set<String>, Cut> cuts = new HashMap<>();

        private Verdicts(List<Grant> grants, List<Word> words) {
            this.grants = grants;
            this.words = words;
        }

        Word word(int n) {
            return words.get(n);
        }

        /** The granted members of those grants whose purpose is consented to; null where none is. */
        @Nullable
        Cut cut(int n) {
            Set<String> purposes = words.get(n).purposes();
            return purposes.isEmpty() ? null : cuts.computeIfAbsent(purposes, this::cut);
        }

        private Cut cut(Set<String> purposes) {
            return Portion.cut(grants.stream()
                    .filter(grant -> purposes.contains(grant.purpose()))
                    .toList());
        }
    }

    static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException damaged) {
            throw new IllegalStateException("a stored record that is no JSON", damaged);
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
