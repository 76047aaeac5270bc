package isthmus.serve.share;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.security.share.Grant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** What was granted to partners: given and taken back by people, and both written into the audit. */
public final class Grants {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_FIELDS = 50;
    private static final String COLUMNS =
            "id, partner, purpose, entity, fields, good_from, good_until, ticket, created, created_by, revoked";

    private final DataSource store;
    private final Audit audit;
    private final Clock clock;

    Grants(DataSource store, Audit audit, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is to be granted.
     *
     * @param fields paths or JSON pointers, as the schema of the entity names its members
     * @param from null for from now on
     */
    public record Wish(
            String partner,
            String purpose,
            String entity,
            Collection<String> fields,
            @Nullable Instant from,
            Instant until,
            String ticket) {}

    /**
     * Grants something to a partner.
     *
     * @param by the account of the person
     * @throws Unfit when it cannot be granted, and says why
     */
    public Grant give(Wish wish, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = wish.from() == null ? now : wish.from();
        List<String> fields = checked(wish, from, now);
        AtomicReference<@Nullable Grant> given = new AtomicReference<>();
        audit.write(connection -> {
            Grant grant = insert(connection, wish, fields, from, now, by);
            given.set(grant);
            return List.of(new Deed(
                    by,
                    "share.grant",
                    "grant " + grant.id(),
                    grant.partner() + " may have " + String.join(" ", fields) + " of " + grant.entity() + " for "
                            + grant.purpose() + " from " + from + " until " + grant.until() + ", ticket "
                            + grant.ticket()));
        });
        return Objects.requireNonNull(given.get());
    }

    private static List<String> checked(Wish wish, Instant from, Instant now) {
        if (!Grant.PARTNER.matcher(wish.partner()).matches()) {
            throw new Unfit("A partner is 1 to 24 of a to z, 0 to 9 and -, and begins with no hyphen.");
        }
        if (!Grant.PURPOSE.matcher(wish.purpose()).matches()) {
            throw new Unfit("A purpose is a consent about sharing: shareFinance, shareTelecom, or another that begins"
                    + " with share.");
        }
        if (!Consents.LINKS.containsKey(wish.entity())) {
            throw new Unfit("Only what belongs to one customer can be granted: "
                    + String.join(", ", new TreeSet<>(Consents.LINKS.keySet())) + ".");
        }
        if (!wish.until().isAfter(from) || !wish.until().isAfter(now)) {
            throw new Unfit("A grant ends after it begins, and not in the past.");
        }
        if (Duration.between(from, wish.until()).compareTo(LONGEST) > 0) {
            throw new Unfit("A grant is good for at most " + LONGEST.toDays() + " days; grant it again then.");
        }
        if (!Audit.TICKET.matcher(wish.ticket()).matches()) {
            throw new Unfit("A ticket is the number under which it was agreed: DPO-117.");
        }
        if (wish.fields().isEmpty() || wish.fields().size() > MOST_FIELDS) {
            throw new Unfit("A grant names 1 to " + MOST_FIELDS + " fields.");
        }
        return wish.fields().stream()
                .map(field -> Members.pointer(wish.entity(), field))
                .distinct()
                .sorted()
                .toList();
    }

    private static Grant insert(
            Connection connection, Wish wish, List<String> fields, Instant from, Instant now, String by)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into share_grant (partner, purpose, entity, fields, good_from, good_until, ticket, created,"
                        + " created_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning " + COLUMNS)) {
            insert.setString(1, wish.partner());
            insert.setString(2, wish.purpose());
            insert.setString(3, wish.entity());
            insert.setArray(4, connection.createArrayOf("text", fields.toArray()));
            insert.setObject(5, from.atOffset(ZoneOffset.UTC));
            insert.setObject(6, wish.until().atOffset(ZoneOffset.UTC));
            insert.setString(7, wish.ticket());
            insert.setObject(8, now.atOffset(ZoneOffset.UTC));
            insert.setString(9, by);
            return all(insert).get(0);
        }
    }

    /** Every grant that there ever was, the newest first. */
    public List<Grant> all() {
        try (Connection connection = store.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select " + COLUMNS + " from share_grant order by id desc")) {
            return all(select);
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the grants cannot be read", away);
        }
    }

    /** Those of a partner and an entity that are good at an instant, the oldest first. */
    static List<Grant> good(Connection connection, String partner, String entity, Instant at) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from share_grant where partner = ? and entity = ? and revoked is null"
                + " and good_from <= ? and good_until > ? order by id")) {
            select.setString(1, partner);
            select.setString(2, entity);
            select.setObject(3, at.atOffset(ZoneOffset.UTC));
            select.setObject(4, at.atOffset(ZoneOffset.UTC));
            return all(select);
        }
    }

    private static List<Grant> all(PreparedStatement select) throws SQLException {
        List<Grant> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                OffsetDateTime revoked = row.getObject(11, OffsetDateTime.class);
                all.add(new Grant(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        List.of((String[]) row.getArray(5).getArray()),
                        row.getObject(6, OffsetDateTime.class).toInstant(),
                        row.getObject(7, OffsetDateTime.class).toInstant(),
                        row.getString(8),
                        row.getObject(9, OffsetDateTime.class).toInstant(),
                        row.getString(10),
                        revoked == null ? null : revoked.toInstant()));
            }
        }
        return all;
    }

    /**
     * Takes a grant back; the next page that its partner asks for is without it.
     *
     * @return false when there is no such grant that was not revoked before
     */
    public boolean revoke(long id, String reason, String by) {
        AtomicBoolean isRevoked = new AtomicBoolean();
        audit.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update share_grant set revoked = ? where id = ? and revoked is null")) {
                update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                update.setLong(2, id);
                isRevoked.set(update.executeUpdate() == 1);
            }
            return isRevoked.get() ? List.of(new Deed(by, "share.revoke", "grant " + id, reason)) : List.of();
        });
        return isRevoked.get();
    }
}
