package isthmus.serve.door;

import isthmus.security.Caller;
import isthmus.security.Scope;
import isthmus.serve.Reads;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whose an API key is, as the store has it at the moment. */
final class KeyRing {
    private static final String LIVING =
            "select hash, name, scopes, entities, expires, partner from api_key where id = ? and revoked is null";

    private final Reads reads;

    KeyRing(Reads reads) {
        this.reads = reads;
    }

    /** @param expires when it stops being good */
    record Found(Caller caller, Instant expires) {}

    /** Empty for one that nobody has given out, and for one that was revoked. */
    Optional<Found> find(String presented) {
        return KeyText.of(presented)
                .flatMap(key -> reads.once(connection -> {
                    try (PreparedStatement select = connection.prepareStatement(LIVING)) {
                        select.setString(1, key.id());
                        try (ResultSet row = select.executeQuery()) {
                            return row.next() && key.isOf(row.getBytes(1)) ? Optional.of(found(row)) : Optional.empty();
                        }
                    }
                }));
    }

    private static Found found(ResultSet row) throws SQLException {
        String name = row.getString(2);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        words(row.getArray(3)).forEach(word -> scopes.addAll(Scope.of(word)));
        return new Found(
                new Caller("key:" + name, name, scopes, words(row.getArray(4)), row.getString(6)),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }

    private static Set<String> words(Array array) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
