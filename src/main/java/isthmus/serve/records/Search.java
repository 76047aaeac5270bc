package isthmus.serve.records;

import isthmus.serve.Asked;
import isthmus.serve.Prefixes;
import isthmus.serve.Refused;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A search as one statement: its text is put together from ours alone, all that was given is bound. */
final class Search {
    /** Parameters that every entity has. */
    private static final List<String> COMMON = List.of("silo", "key", "changedSince", "fields", "limit", "after");

    /** The day of what is no period but happens: local at its place, as its text begins. */
    private static final Map<String, String> HAPPENS =
            Map.of("registerreading", "readAt", "payment", "paidAt", "servicerequest", "openedAt");

    private static final Set<String> LASTS = Set.of("bill", "intervalblock");

    private final Connection connection;
    private final String entity;
    private final List<String> conditions = new ArrayList<>(List.of("entity = ?"));
    private final List<Object> values = new ArrayList<>();

    private Search(Connection connection, String entity) {
        this.connection = connection;
        this.entity = entity;
        values.add(entity);
    }

    /** The parameters by which an entity is searched. */
    static Set<String> parameters(String entity) {
        Set<String> names = new TreeSet<>(COMMON);
        facets(entity).forEach(facet -> names.add(facet.name()));
        if (HAPPENS.containsKey(entity) || LASTS.contains(entity)) {
            names.addAll(List.of("from", "to"));
        }
        if (!HAPPENS.containsKey(entity)) {
            names.add("validAt");
        }
        return names;
    }

    /** @param rows at most; {@code null} when no record can be meant, as of a silo that has none */
    static @Nullable PreparedStatement of(Connection connection, String entity, Asked asked, int rows)
            throws SQLException {
        Search search = new Search(connection, entity);
        search.between(asked);
        String order = search.order(asked);
        return search.where(asked) ? search.prepared(order, rows) : null;
    }

    private static List<Facet> facets(String entity) {
        return Objects.requireNonNull(Facet.OF.get(entity));
    }

    private boolean where(Asked asked) throws SQLException {
        List<Facet> facets =
                facets(entity).stream().filter(facet -> asked.has(facet.name())).toList();
        if (facets.stream().noneMatch(Facet::isReference) && !asked.has("silo") && !asked.has("key")) {
            for (Facet facet : facets) {
                and(facet, asked, List.of());
            }
            return true;
        }
        List<String> all = Prefixes.of(connection, entity);
        List<String> meant = all;
        if (asked.has("silo")) {
            String silo = asked.text("silo");
            meant = meant.stream()
                    .filter(prefix -> prefix.split(":")[3].equals(silo))
                    .toList();
        }
        for (Facet facet : facets) {
            if (facet.isReference() && !facet.takes().contains(Facet.Takes.ITS_IDS)) {
                List<String> naming = reference(facet, asked).naming(all);
                meant = meant.stream().filter(naming::contains).toList();
            }
        }
        if (meant.isEmpty()) {
            return false;
        }
        for (Facet facet : facets) {
            and(facet, asked, meant);
        }
        if (asked.has("key")) {
            String key = Reference.encoded(text(asked, "key"));
            and("id = any(?)", texts(meant.stream().map(prefix -> prefix + key).toList()));
        } else if (meant.size() < all.size()) {
            within(meant);
        }
        return true;
    }

    private void within(List<String> prefixes) {
        List<String> ranges = new ArrayList<>();
        for (String prefix : prefixes) {
            ranges.add("id >= ? and id < ?");
            values.add(prefix);
            values.add(prefix.substring(0, prefix.length() - 1) + ';');
        }
        conditions.add("(" + String.join(" or ", ranges) + ")");
    }

    private void and(Facet facet, Asked asked, List<String> prefixes) throws SQLException {
        List<Object> bound = new ArrayList<>();
        for (Facet.Takes takes : facet.takes()) {
            bound.add(
                    switch (takes) {
                        case TEXT -> text(asked, facet.name());
                        case KEY -> reference(facet, asked).key();
                        case IDS -> texts(reference(facet, asked).ids(prefixes));
                        case ITS_IDS -> texts(reference(facet, asked).ids(Prefixes.of(connection, facet.refersTo())));
                    });
        }
        and(facet.condition(), bound.toArray());
    }

    /** Over a span alone a search would walk through everything to find little; that is what exports are for. */
    private void between(Asked asked) {
        LocalDate from = asked.date("from");
        LocalDate to = asked.date("to");
        if (from != null || to != null) {
            List<String> narrow = facets(entity).stream().map(Facet::name).toList();
            if (narrow.stream().noneMatch(asked::has)) {
                throw Refused.parameter(
                        from == null ? "to" : "from",
                        "goes with " + String.join(" or ", narrow) + "; a span alone is for an export");
            }
            if (from != null && to != null && !from.isBefore(to)) {
                throw Refused.parameter("to", "a day after from; it is not included itself");
            }
            String happens = HAPPENS.get(entity);
            if (happens == null) {
                bound("valid_to > ?", from);
                bound("valid_from < ?", to);
            } else {
                String day = "(body ->> '" + happens + "') collate \"C\" ";
                bound(day + ">= ?", from == null ? null : from.toString());
                bound(day + "< ?", to == null ? null : to.toString());
            }
        }
        LocalDate validAt = asked.date("validAt");
        if (validAt != null) {
            and("(valid_from is null or valid_from <= ?) and (valid_to is null or valid_to > ?)", validAt, validAt);
        }
    }

    private void bound(String condition, @Nullable Object value) {
        if (value != null) {
            and(condition, value);
        }
    }

    /** Changes come in the order in which the hub learned them, tombstones with them; everything else by id. */
    private String order(Asked asked) {
        After after = After.of(asked, entity);
        Instant since = asked.instant("changedSince");
        if (since == null) {
            conditions.add("not deleted");
            bound("id > ?", after == null ? null : after.id());
            return "id";
        }
        if (after == null || after.recorded() == null) {
            and("recorded_from >= ?", since.atOffset(ZoneOffset.UTC));
        } else {
            and("(recorded_from, id) > (?, ?)", after.recorded().atOffset(ZoneOffset.UTC), after.id());
        }
        return "recorded_from, id";
    }

    private PreparedStatement prepared(String order, int rows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("select " + StoredRecord.COLUMNS + " from record_"
                + entity + " where " + String.join(" and ", conditions) + " order by " + order + " limit ?");
        int place = 0;
        for (Object value : values) {
            statement.setObject(++place, value);
        }
        statement.setInt(++place, rows);
        return statement;
    }

    private void and(String condition, Object... bound) {
        conditions.add(condition);
        values.addAll(List.of(bound));
    }

    private static Reference reference(Facet facet, Asked asked) {
        return Reference.of(facet.name(), facet.refersTo(), text(asked, facet.name()));
    }

    private static String text(Asked asked, String name) {
        return Objects.requireNonNull(asked.text(name));
    }

    private Array texts(List<String> list) throws SQLException {
        return connection.createArrayOf("text", list.toArray());
    }
}
