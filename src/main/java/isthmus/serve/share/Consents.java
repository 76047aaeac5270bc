package isthmus.serve.share;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What customers have consented to now, those whom the records of a page belong to, in one question. A person consents who says
 * yes in one record and no in none of those that are linked as one; who has said nothing does not. An account that has named
 * several customers speaks for all of them: its older bills are of the former ones.
 */
final class Consents {
    /** By entity the member that leads to the customer: itself, its customer, or its account and by that its customers. */
    static final Map<String, String> LINKS = Map.of(
            "customer", "id",
            "account", "customer",
            "bill", "account",
            "payment", "account",
            "servicerequest", "customer");

    private static final String BY_CUSTOMER = "select n, link as customer from traced where link is not null";
    private static final String BY_ACCOUNT = """
            select t.n, c.customer from traced t cross join lateral (
                select body ->> 'customer' as customer from record_account
                where entity = 'account' and id = t.link and not deleted
                union
                select body ->> 'customer' from record_history
                where entity = 'account' and id = t.link and not deleted) c
            where c.customer is not null""";

    /** A deleted record says nothing of whose it was, but its last version does. */
    private static final String SAID = """
            with asked (n, id, link, gone) as (select * from unnest(?::int[], ?::text[], ?::text[], ?::boolean[])),
            traced as (
                select a.n, coalesce(a.link, case when a.gone then (
                    select h.body ->> ? from record_history h
                    where h.entity = ? and h.id = a.id and not h.deleted order by h.recorded_from desc limit 1) end) as link
                from asked a),
            whose as (%s),
            person as (
                select w.customer, coalesce(m.member, w.customer) as member
                from (select distinct customer from whose) w
                left join golden_member own on own.member = w.customer
                left join golden_member m on m.golden = own.golden),
            word as (
                select p.customer, c.purpose, c.granted
                from person p join record_customer r on r.entity = 'customer' and r.id = p.member and not r.deleted
                cross join lateral consents_of(r.body) c where c.purpose = any(?)),
            yes as (
                select customer, purpose from word group by customer, purpose having bool_and(granted))
            select w.n, array(select p.member from person p where p.customer = w.customer order by p.member),
                array(select y.purpose from yes y where y.customer = w.customer and exists (
                    select from record_customer r where r.entity = 'customer' and r.id = w.customer and not r.deleted)),
                exists (select from word where word.customer = w.customer and word.granted) or ? and exists (
                    select from person p join record_history h on h.entity = 'customer' and h.id = p.member
                    cross join lateral consents_of(h.body) c
                    where p.customer = w.customer and c.granted and c.purpose = any(?))
            from whose w""";

    private Consents() {}

    /**
     * A record of which is asked whose it is.
     *
     * @param link what it says in the member of {@link #LINKS}
     * @param gone true when it is deleted, and its last version is to be asked
     */
    record Subject(String id, @Nullable String link, boolean gone) {}

    /**
     * What the customers of a record have said.
     *
     * @param purposes to which all of them consent now
     * @param ever whether one of them has ever said yes to one that was asked for
     * @param persons the records of customers that are one with them
     */
    record Word(Set<String> purposes, boolean ever, Set<String> persons) {
        static final Word NONE = new Word(Set.of(), false, Set.of());

        private Word and(Word other) {
            Set<String> both = new HashSet<>(purposes);
            both.retainAll(other.purposes);
            Set<String> all = new LinkedHashSet<>(persons);
            all.addAll(other.persons);
            return new Word(both, ever || other.ever, all);
        }
    }

    /** @param past whether it matters what was said before */
    static List<Word> of(
            Connection connection, String entity, List<Subject> subjects, Collection<String> purposes, boolean past)
            throws SQLException {
        List<Word> words = new ArrayList<>();
        subjects.forEach(subject -> words.add(Word.NONE));
        String link = String.valueOf(LINKS.get(entity));
        try (PreparedStatement select =
                connection.prepareStatement(SAID.formatted(link.equals("account") ? BY_ACCOUNT : BY_CUSTOMER))) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", IntStream.range(0, subjects.size()).boxed().toArray()));
            select.setArray(2, texts(connection, subjects.stream().map(Subject::id)));
            select.setArray(3, texts(connection, subjects.stream().map(Subject::link)));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "bool", subjects.stream().map(Subject::gone).toArray()));
            select.setString(5, link);
            select.setString(6, entity);
            select.setArray(7, texts(connection, purposes.stream()));
            select.setBoolean(8, past);
            select.setArray(9, texts(connection, purposes.stream()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Word word = new Word(set(row, 3), row.getBoolean(4), set(row, 2));
                    int n = row.getInt(1);
                    words.set(n, words.get(n) == Word.NONE ? word : words.get(n).and(word));
                }
            }
        }
        return words;
    }

    private static Array texts(Connection connection, Stream<?> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static Set<String> set(ResultSet row, int column) throws SQLException {
        return new LinkedHashSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
    }
}
