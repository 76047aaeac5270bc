package isthmus.identity;

import isthmus.identity.match.Model;
import isthmus.identity.match.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the names of those whom keys have found, and of those whom a person has linked, as the models compare names: by the
 * readings of their characters, so that 吕 and 呂 are one name wherever they are compared.
 */
final class Names {
    private static final int FETCH = 5_000;

    private final Map<String, Model> models = new HashMap<>();
    private final Kept kept;

    Names(List<Model> models, Kept kept) {
        this.kept = kept;
        models.forEach(model -> this.models.put(model.name(), model));
    }

    /** Lays the pairs whose names do not resemble each other into {@code link_unlike}. */
    void compare(Session session) throws SQLException {
        session.run(Statements.text("names-unlike"));
        StringBuilder lines = new StringBuilder();
        try (PreparedStatement query = session.prepare(Statements.text("names"))) {
            query.setInt(1, LinkRule.MATCH.place());
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (isUnlike(row)) {
                        lines.append(Statements.cell(row.getString("left_id")))
                                .append('\t')
                                .append(Statements.cell(row.getString("right_id")))
                                .append('\n');
                    }
                }
            }
        }
        session.copy("link_unlike", lines);
        session.run("analyze link_unlike");
    }

    /** Names that no model knows to compare are one only where they are written alike, and these are not. */
    private boolean isUnlike(ResultSet row) throws SQLException {
        String name = row.getString("left_model");
        Model model = name == null || !name.equals(row.getString("right_model")) ? null : models.get(name);
        return model == null || model.isVetoed(subject(row, "left"), subject(row, "right"));
    }

    private Subject subject(ResultSet row, String side) throws SQLException {
        return kept.subject(row.getString(side + "_holder"), "", row.getString(side + "_features"));
    }

    /** Keeps those of them that are linked all the same. To be called after the links were written. */
    void keep(Session session) throws SQLException {
        session.run(Statements.text("names-kept"));
    }
}
