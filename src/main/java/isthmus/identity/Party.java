package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.identity.Decisions.Unfit;
import isthmus.security.seal.Opener;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A record of which a person says something, and the customer behind it: itself, or the one of the account.
 *
 * @param customer the id of the customer; empty where the account names none that the store has
 */
record Party(String id, String entity, String customer, String silo, JsonNode body) {
    private static final String CUSTOMER = "customer";
    private static final String ACCOUNT = "account";

    /**
     * @param side how the record is called in what is told of it
     * @throws Unfit where there is no such customer or account
     */
    static Party of(JdbcClient sql, Opener opener, String side, String id) {
        Party found = sql.sql("select id, entity, silo, body from record where id = ? and not deleted")
                .param(id)
                .query((row, n) -> new Party(
                        row.getString("id"),
                        row.getString("entity"),
                        row.getString("id"),
                        row.getString("silo"),
                        tree(row, opener, row.getString("entity"))))
                .optional()
                .orElseThrow(() -> Unfit.unknown(side));
        if (found.entity.equals(CUSTOMER)) {
            return found;
        }
        if (!found.entity.equals(ACCOUNT)) {
            throw new Unfit(side, "neither a customer nor an account");
        }
        return found.behind(sql, opener);
    }

    private Party behind(JdbcClient sql, Opener opener) {
        return sql.sql("select id, silo, body from record where id = ? and entity = 'customer' and not deleted")
                .param(body.path(CUSTOMER).asText())
                .query((row, n) ->
                        new Party(id, entity, row.getString("id"), row.getString("silo"), tree(row, opener, CUSTOMER)))
                .optional()
                .orElse(new Party(id, entity, "", silo, Subjects.tree("{}")));
    }

    private static JsonNode tree(ResultSet row, Opener opener, String entity) throws SQLException {
        return Subjects.tree(opener.open(entity, row.getString("id"), row.getString("body")));
    }

    boolean isCustomer() {
        return entity.equals(CUSTOMER);
    }
}
