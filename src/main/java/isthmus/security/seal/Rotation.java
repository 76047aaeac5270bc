package isthmus.security.seal;

import isthmus.audit.Audit;
import isthmus.audit.Audit.By;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the keys of records under another master key: none of the records is opened for that. */
public final class Rotation {
    private static final int BATCH = 5_000;

    private final MasterKeys masters;
    private final JdbcClient sql;
    private final Audit audit;

    public Rotation(MasterKeys masters, DataSource store, Audit audit) {
        this.masters = masters;
        this.sql = JdbcClient.create(store);
        this.audit = audit;
    }

    /**
     * How many keys stand under a master key.
     *
     * @param master its id
     * @param isCurrent whether new ones come under it
     */
    public record Standing(String master, long keys, boolean isCurrent) {}

    private record Wrapped(long no, String master, byte[] key) {}

    public List<Standing> standing() {
        String current = masters.current();
        return sql.sql("select master, count(*) from data_key where master is not null group by 1 order by 2 desc")
                .query((row, n) -> new Standing(
                        row.getString(1), row.getLong(2), row.getString(1).equals(current)))
                .list();
    }

    /**
     * Wraps all that stand under others anew, a batch in a transaction, and forgets the others in the end.
     *
     * @throws SealAway when one of them is not here; what was wrapped until then stays
     */
    public long rotate(By by) {
        String current = masters.current();
        audit.write(List.of(by.did("seal.rotate", "master key " + current, "begun")));
        long after = 0;
        long rewrapped = 0;
        for (List<Wrapped> some = some(after, current); !some.isEmpty(); some = some(after, current)) {
            List<byte[]> anew = new ArrayList<>(some.size());
            for (Wrapped one : some) {
                anew.add(masters.rewrap(one.master(), one.key()));
            }
            // A key that was destroyed meanwhile stays destroyed.
            rewrapped += sql.sql("update data_key k set master = ?, wrapped = n.wrapped"
                            + " from unnest(?::bigint[], ?::bytea[]) as n (no, wrapped)"
                            + " where k.no = n.no and k.wrapped is not null")
                    .params(current, some.stream().map(Wrapped::no).toArray(Long[]::new), anew.toArray(byte[][]::new))
                    .update();
            after = some.get(some.size() - 1).no();
        }
        sql.sql("delete from master_key m where id <> ? and not exists (select from data_key where master = m.id)")
                .param(current)
                .update();
        audit.write(List.of(by.did("seal.rotate", "master key " + current, rewrapped + " keys wrapped anew")));
        return rewrapped;
    }

    private List<Wrapped> some(long after, String current) {
        return sql.sql("select no, master, wrapped from data_key where no > ? and master <> ? order by no limit "
                        + BATCH)
                .params(after, current)
                .query((row, n) -> new Wrapped(row.getLong(1), row.getString(2), row.getBytes(3)))
                .list();
    }
}
