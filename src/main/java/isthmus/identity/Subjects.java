package isthmus.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.identity.IdentityRules.Crosswalk;
import isthmus.identity.match.Model;
import isthmus.identity.match.Subject;
import isthmus.security.seal.Seals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Keeps what each customer is compared by in step with its record: only those that are new or have changed are read. */
final class Subjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 10_000;
    private static final String KIND = "kind";
    private static final String SUBJECT =
            "public.match_subject (no, id, model, shape, source, contenthash, features, name, tokens)";
    private static final String ABSENT = "\\N";

    private final IdentityRules rules;
    private final Seals seals;
    private final Tokens tokens;
    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, String> shapes = new HashMap<>();

    Subjects(IdentityRules rules, Seals seals) {
        this.seals = seals;
        this.tokens = Kept.tokens(seals);
        this.rules = rules;
        for (Model model : rules.models()) {
            this.models.put(model.name(), model);
            this.shapes.put(model.name(), tokens.shape(model));
        }
    }

    /** Of which kinds customers are compared with each other; one of another kind, or of none that is known, with nobody. */
    private String shape(String kind) {
        return shapes.getOrDefault(kind, tokens.shape());
    }

    /** Brings the subjects in step within the transaction. */
    void renew(Session session, Kept kept) throws SQLException {
        session.run(Statements.text("match-stale"), (Object) known());
        replace(session, kept);
    }

    /** Brings those of some records in step. */
    void renew(Session session, Kept kept, String[] ids) throws SQLException {
        session.run(Statements.text("match-stale-of"), ids, known());
        replace(session, kept);
    }

    /** The shapes of subjects that need not be made again. */
    String[] known() {
        List<String> known = new ArrayList<>(shapes.values());
        known.add(shape(""));
        return known.toArray(String[]::new);
    }

    private void replace(Session session, Kept kept) throws SQLException {
        long last = number(session, "select coalesce(max(no), 0) from public.match_subject");
        session.run(Statements.text("match-forget"));
        long all = number(session, "select count(*) from match_stale where is_there");
        for (long from = 0; from < all; from += BATCH) {
            batch(session, kept, from, last);
        }
    }

    private void batch(Session session, Kept kept, long from, long last) throws SQLException {
        StringBuilder subjects = new StringBuilder();
        StringBuilder keys = new StringBuilder();
        StringBuilder twins = new StringBuilder();
        StringBuilder numbers = new StringBuilder();
        try (PreparedStatement query = session.prepare(Statements.text("match-bodies"))) {
            query.setLong(1, from);
            query.setLong(2, from + BATCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    JsonNode body = tree(seals.opener().open("customer", row.getString("id"), row.getString("body")));
                    add(row, kept, body, last, subjects, keys, twins);
                    numbers(row, body, last, numbers);
                }
            }
        }
        session.copy(SUBJECT, subjects);
        session.copy("match_key (key, no)", keys);
        session.copy("match_twin (key, no)", twins);
        session.copy("match_number (key, no)", numbers);
    }

    private void add(
            ResultSet row,
            Kept kept,
            JsonNode body,
            long last,
            StringBuilder subjects,
            StringBuilder keys,
            StringBuilder twins)
            throws SQLException {
        long no = last + row.getLong("n");
        String kind = kind(body);
        Subject subject = subject(row.getString("id"), row.getString("silo"), kind, body);
        Model model = models.get(kind);
        Long name = tokens.name(body);
        subjects.append(no)
                .append('\t')
                .append(Statements.cell(subject.id()))
                .append('\t')
                .append(kind)
                .append('\t')
                .append(shape(kind))
                .append('\t')
                .append(subject.source())
                .append('\t')
                .append(row.getString("contenthash"))
                .append('\t')
                .append(Statements.cell(kept.features(subject)))
                .append('\t')
                .append(name == null ? ABSENT : name.toString())
                .append('\t')
                .append(list(model == null ? LongStream.empty() : tokens.counted(model, subject)))
                .append('\n');
        if (model != null) {
            add(keys, model, model.keys(subject), no);
            add(twins, model, model.twins(subject), no);
        }
    }

    private void add(StringBuilder lines, Model model, List<String> keys, long no) {
        keys.stream()
                .mapToLong(key -> tokens.key(model, key))
                .distinct()
                .forEach(key -> lines.append(key).append('\t').append(no).append('\n'));
    }

    private static String list(LongStream tokens) {
        return tokens.mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** As near.sql looks for them: {@code no:TYPE:FINGERPRINT}, and {@code xref:SYSTEM:ACCOUNT} for an account that it names. */
    private void numbers(ResultSet row, JsonNode body, long last, StringBuilder numbers) throws SQLException {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode one : body.path("identifiers")) {
            if (one.path("verified").asBoolean() && one.hasNonNull("hash")) {
                keys.add("no:" + one.path("type").asText() + ':'
                        + one.path("hash").asText());
            }
        }
        for (Crosswalk way : rules.crosswalks()) {
            JsonNode no = body.path("ext").path(way.field());
            if (way.customers().equals(row.getString("silo")) && no.isValueNode()) {
                keys.add("xref:" + way.accounts() + ':' + no.asText());
            }
        }
        long number = last + row.getLong("n");
        keys.forEach(key ->
                numbers.append(Statements.cell(key)).append('\t').append(number).append('\n'));
    }

    /** A customer of whom it is not known what it is may be a person. */
    String kind(JsonNode body) {
        String kind = body.path(KIND).asText();
        return models.containsKey(kind) ? kind : kind.equals("unknown") ? "person" : "none";
    }

    Subject subject(String id, String source, String kind, JsonNode body) {
        Model model = models.get(kind);
        return model == null
                ? new Subject(id, source, List.of())
                : model.subject(id, source, path -> values(body, path.split("\\."), 0));
    }

    /** What stands at a path, {@code contacts.value} for example; of a list what stands in each. */
    private static List<String> values(JsonNode node, String[] path, int at) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> values.addAll(values(one, path, at)));
        } else if (at < path.length) {
            values.addAll(values(node.path(path[at]), path, at + 1));
        } else if (node.isValueNode() && !node.isNull()) {
            values.add(node.asText());
        }
        return values;
    }

    static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a record of the store is not JSON", fault);
        }
    }

    private static long number(Session session, String sql) throws SQLException {
        try (PreparedStatement query = session.prepare(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
