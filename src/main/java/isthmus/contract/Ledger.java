package isthmus.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.contract.Contracts.Agreed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code contract_seen} and {@code contract_agreed}. */
final class Ledger {
    /** How the reason of an agreement begins that nobody was asked for. */
    static final String UNREAD = "nothing that is read has changed: ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final Clock clock;

    Ledger(DataSource store, Clock clock) {
        this.jdbc = JdbcClient.create(store);
        this.clock = clock;
    }

    Optional<Agreed> agreed(String system, String pull) {
        return jdbc.sql("select s.contract, a.at, a.reason, a.by from contract_agreed a"
                        + " join contract_seen s using (system, pull, fingerprint)"
                        + " where a.system = ? and a.pull = ? order by a.id desc limit 1")
                .params(system, pull)
                .query((row, n) -> new Agreed(
                        contract(row), row.getObject(2, OffsetDateTime.class), row.getString(3), row.getString(4)))
                .optional();
    }

    Optional<Contract> lastSeen(String system, String pull) {
        return jdbc.sql("select contract from contract_seen where system = ? and pull = ?"
                        + " order by last_seen desc limit 1")
                .params(system, pull)
                .query((row, n) -> contract(row))
                .optional();
    }

    /** By system and pull: what waits for a person, and what was agreed to without one. */
    Map<String, Object> told() {
        Map<String, Object> told = new TreeMap<>();
        jdbc.sql("""
                select a.system || '.' || a.pull, s.fingerprint <> a.fingerprint, a.at, a.reason
                from (select distinct on (system, pull) * from contract_agreed order by system, pull, id desc) a
                join (select distinct on (system, pull) * from contract_seen order by system, pull, last_seen desc) s
                  using (system, pull)
                where s.fingerprint <> a.fingerprint or a.reason like ?""").param(UNREAD + "%").query(row -> {
            told.put(
                    row.getString(1),
                    row.getBoolean(2)
                            ? "stopped; see isthmus contract drift"
                            : row.getObject(3, OffsetDateTime.class) + ": " + row.getString(4));
        });
        return told;
    }

    void see(String system, String pull, Contract contract, long run) {
        jdbc.sql("insert into contract_seen (system, pull, fingerprint, contract, first_seen, last_seen, run)"
                        + " values (:system, :pull, :fingerprint, :contract::json, :now, :now, :run)"
                        + " on conflict (system, pull, fingerprint) do update set last_seen = excluded.last_seen,"
                        + " run = greatest(contract_seen.run, excluded.run)")
                .param("system", system)
                .param("pull", pull)
                .param("fingerprint", contract.fingerprint())
                .param("contract", json(contract))
                .param("now", now())
                .param("run", run)
                .update();
    }

    void agree(String system, String pull, Contract contract, String reason, String by) {
        jdbc.sql("insert into contract_agreed (system, pull, fingerprint, at, reason, by) values (?, ?, ?, ?, ?, ?)")
                .params(system, pull, contract.fingerprint(), now(), reason, by)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Contract contract(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString(1), Contract.class);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a contract that this room did not write", fault);
        }
    }

    private static String json(Contract contract) {
        try {
            return JSON.writeValueAsString(contract);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a contract is always JSON", fault);
        }
    }
}
