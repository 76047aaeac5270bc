package isthmus.serve;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;

/** The interval blocks of a service point's days. */
public final class PointBlocks {
    /** What is to be selected from: of any of so many points, from a first day until before another. */
    public static final String OF_DAYS = """
            from record_intervalblock where entity = 'intervalblock' and not deleted
              and partitionkey = any(?) and valid_from >= ? and valid_from < ?""";

    /** What one answer holds in memory, some nine mebibytes of blocks. */
    private static final int MOST = 4_000;

    private static final int FETCH = 500;

    private PointBlocks() {}

    /** Who is shown the blocks, one by one. */
    @FunctionalInterface
    public interface Viewer {
        /** Whether the block belongs to the answer, and so counts against its bound. */
        boolean takes(byte[] body, Instant recorded);
    }

    /**
     * Shows the blocks, by day and id.
     *
     * @param points the {@link PointIds} of one point
     * @param to the day behind the last
     * @throws Refused when more are taken than an answer holds
     */
    public static void show(
            Connection connection, Collection<String> points, LocalDate from, LocalDate to, Viewer viewer)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select body, recorded_from " + OF_DAYS + " order by valid_from, id")) {
            select.setArray(1, connection.createArrayOf("text", points.toArray()));
            select.setObject(2, from);
            select.setObject(3, to);
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                int taken = 0;
                while (row.next()) {
                    Instant recorded = row.getObject(2, OffsetDateTime.class).toInstant();
                    if (viewer.takes(row.getBytes(1), recorded) && ++taken > MOST) {
                        throw Refused.parameter(
                                "to",
                                "more than " + MOST + " blocks: ask for fewer days, or by quantity, flow and series"
                                        + " where the address knows them");
                    }
                }
            }
        }
    }
}
