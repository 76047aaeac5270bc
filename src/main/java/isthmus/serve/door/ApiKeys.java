package isthmus.serve.door;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.model.Entities;
import isthmus.security.Caller;
import isthmus.security.Scope;
import isthmus.security.share.Grant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** The API keys of programs that have no identity provider: given out and taken back, and both written into the audit. */
public final class ApiKeys {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Set<String> FOR_PARTNERS = new TreeSet<>(Set.of(Scope.FEED_READ.word(), Scope.EXPORT.word()));
    private static final String TAKEN = "23505";

    private final DataSource store;
    private final Audit audit;
    private final Clock clock;

    ApiKeys(DataSource store, Audit audit, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A key as it is kept: without what opens the door.
     *
     * @param state {@code good}, {@code expired} or {@code revoked}
     */
    public record Kept(
            String id,
            String name,
            List<String> scopes,
            List<String> entities,
            @Nullable String partner,
            String createdBy,
            OffsetDateTime created,
            OffsetDateTime expires,
            @Nullable OffsetDateTime revoked,
            String state) {}

    /** A key that has just been made; {@code key} is never shown again. */
    public record Fresh(
            String id, String name, String key, List<String> scopes, List<String> entities, OffsetDateTime expires) {
        /** So that no log ever holds it. */
        @Override
        public String toString() {
            return name + " " + id;
        }
    }

    /** Something that a key cannot be. */
    public static final class Unfit extends RuntimeException {
        Unfit(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * Makes a key.
     *
     * @param entities whose records it may see; {@code *} for all
     * @param partner the organisation outside that it is for; null for a program of the utility
     * @param by the account of the person
     */
    public Fresh create(
            String name, Set<String> scopes, Set<String> entities, @Nullable String partner, Duration life, String by) {
        check(name, scopes, entities, life);
        checkPartner(partner, scopes);
        KeyText key = KeyText.fresh();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime expires = now.plus(life);
        List<String> may = List.copyOf(new TreeSet<>(scopes));
        List<String> sees = List.copyOf(new TreeSet<>(entities));
        change(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into api_key (id, name, hash, scopes, entities, created, created_by, expires, partner)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, key.id());
                insert.setString(2, name);
                insert.setBytes(3, key.hash());
                insert.setArray(4, connection.createArrayOf("text", may.toArray()));
                insert.setArray(5, connection.createArrayOf("text", sees.toArray()));
                insert.setObject(6, now);
                insert.setString(7, by);
                insert.setObject(8, expires);
                insert.setString(9, partner);
                insert.executeUpdate();
            } catch (SQLException fault) {
                if (TAKEN.equals(fault.getSQLState())) {
                    throw new Unfit(
                            "There is a key of the name " + name + "; revoke it first, or choose another name.");
                }
                throw fault;
            }
            String detail = name + (partner == null ? "" : " of partner " + partner) + " may " + String.join(" ", may)
                    + " of " + String.join(" ", sees) + " until " + expires;
            audit.write(connection, List.of(new Deed(by, "key.create", key.id(), detail)));
            return key;
        });
        return new Fresh(key.id(), name, key.whole(), may, sees, expires);
    }

    private static void checkPartner(@Nullable String partner, Set<String> scopes) {
        if (partner == null) {
            return;
        }
        if (!Grant.PARTNER.matcher(partner).matches()) {
            throw new Unfit("A partner is 1 to 24 of a to z, 0 to 9 and -, and begins with no hyphen.");
        }
        if (!FOR_PARTNERS.containsAll(scopes)) {
            throw new Unfit("A partner's key has the scopes " + String.join(", ", FOR_PARTNERS) + " and no others.");
        }
    }

    private static void check(String name, Set<String> scopes, Set<String> entities, Duration life) {
        if (!NAME.matcher(name).matches()) {
            throw new Unfit("A name is 1 to 40 of a to z, 0 to 9 and -, and begins with no hyphen.");
        }
        if (scopes.isEmpty() || scopes.stream().anyMatch(word -> Scope.of(word).isEmpty())) {
            throw new Unfit("Scopes are "
                    + String.join(
                            ", ", Arrays.stream(Scope.values()).map(Scope::word).toList()) + ".");
        }
        if (!entities.stream().allMatch(one -> one.equals(Caller.EVERY) || Entities.ALL.contains(one))) {
            throw new Unfit("Entities are " + String.join(", ", Entities.ALL) + ", or * for all.");
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new Unfit("A key is good for at most " + LONGEST.toDays() + " days.");
        }
    }

    /** Every key that was ever given out, the newest first. */
    public List<Kept> all() {
        return change(connection -> {
            List<Kept> all = new ArrayList<>();
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            try (PreparedStatement select = connection.prepareStatement(
                            "select id, name, scopes, entities, created_by, created, expires, revoked, partner from api_key"
                                    + " order by created desc, id");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(kept(row, now));
                }
            }
            return all;
        });
    }

    private static Kept kept(ResultSet row, OffsetDateTime now) throws SQLException {
        OffsetDateTime expires = row.getObject(7, OffsetDateTime.class);
        OffsetDateTime revoked = row.getObject(8, OffsetDateTime.class);
        String living = expires.isAfter(now) ? "good" : "expired";
        return new Kept(
                row.getString(1),
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                List.of((String[]) row.getArray(4).getArray()),
                row.getString(9),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class),
                expires,
                revoked,
                revoked == null ? living : "revoked");
    }

    /**
     * Takes a key back; hubs that met it a moment ago let it in for {@link Callers#KEY_IS_KNOWN_FOR} more.
     *
     * @return false when there is no such key that was not revoked before
     */
    public boolean revoke(String id, String reason, String by) {
        return change(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update api_key set revoked = ? where id = ? and revoked is null")) {
                update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                update.setString(2, id);
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            audit.write(connection, List.of(new Deed(by, "key.revoke", id, reason)));
            return true;
        });
    }

    private interface Change<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Key and audit in one transaction: it is either both or neither. */
    private <T> T change(Change<T> change) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T answer = change.in(connection);
                connection.commit();
                return answer;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the keys cannot be read or written", away);
        }
    }
}
