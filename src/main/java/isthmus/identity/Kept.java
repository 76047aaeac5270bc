package isthmus.identity;

import isthmus.identity.match.Subject;
import isthmus.security.seal.Chest;
import isthmus.security.seal.Seals;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How customers who are compared stand in the store: sealed under one key of this room, and found by tokens. For one transaction. */
record Kept(Chest chest, Tokens tokens) {
    /** Between the fields of a subject. */
    private static final String FIELD = "\u001E";

    private static final String ROOM = "identity";

    static Kept of(Seals seals, Connection connection) throws SQLException {
        return new Kept(seals.sealer().chest(connection, ROOM), tokens(seals));
    }

    static Tokens tokens(Seals seals) {
        return new Tokens(seals.sealer().blind());
    }

    String features(Subject subject) {
        return chest.seal(subject.id(), String.join(FIELD, subject.values()));
    }

    /** A subject as it was kept. */
    Subject subject(String id, String source, String features) {
        return new Subject(id, source, List.of(chest.open(id, features).split(FIELD, -1)));
    }
}
