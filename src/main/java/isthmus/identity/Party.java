package isthmus.identity;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.identity.Decisions.Unfit;
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
    static Party of(JdbcClient sql, String side, String id) {
        Party found = sql.sql("select id, entity, silo, body from record where id = ? and not deleted")
                .param(id)
                .query((row, n) -> new Party(
                        row.getString("id"),
                        row.getString("entity"),
                        row.getString("id"),
                        row.getString("silo"),
                        Subjects.tree(row.getString("body"))))
                .optional()
                .orElseThrow(() -> Unfit.unknown(side));
        if (found.entity.equals(CUSTOMER)) {
            return found;
        }
        if (!found.entity.equals(ACCOUNT)) {
            throw new Unfit(side, "neither a customer nor an account");
        }
        return found.behind(sql);
    }

    private Party behind(JdbcClient sql) {
        return sql.sql("select id, silo, body from record where id = ? and entity = 'customer' and not deleted")
                .param(body.path(CUSTOMER).asText())
                .query((row, n) -> new Party(
                        id, entity, row.getString("id"), row.getString("silo"), Subjects.tree(row.getString("body"))))
                .optional()
                .orElse(new Party(id, entity, "", silo, Subjects.tree("{}")));
    }

    boolean isCustomer() {
        return entity.equals(CUSTOMER);
    }
}
