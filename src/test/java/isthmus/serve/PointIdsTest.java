package isthmus.serve;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Canon;
import isthmus.model.Op;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One point, known to several systems, of which one calls it otherwise and one tells no record of it. */
class PointIdsTest {
    private static final String BILLED = Town.id("billing", "servicepoint", "K1");
    private static final String MEASURED = Town.id("metering", "servicepoint", "MP%201");
    private static final String UNTOLD = Town.id("mdm", "servicepoint", "MP%201");
    private static final String ABROAD = "urn:isthmus:other:metering:servicepoint:MP%201";

    private static Store store;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        Town town = new Town(store);
        numbered(BILLED, "MP 1");
        numbered(MEASURED, "MP 1");
        numbered(ABROAD, "MP 1");
        numbered(Town.id("metering", "servicepoint", "K1"), "another point, whose key is K1");
        town.put("mdm", "intervalblock", "M1", UNTOLD, null, null, Map.of("servicePoint", UNTOLD));
    }

    private static void numbered(String id, String number) {
        String body = new String(
                Canon.bytes(Map.of("id", id, "servicePointNo", number, "timeZone", "Asia/Shanghai")),
                StandardCharsets.UTF_8);
        store.chunks.commit(Cargo.chunk(1, Cargo.fact("servicepoint", id, Op.UPSERT, 1, body, null, List.of())));
    }

    @Test
    void aPointIsTheSameWhicheverSystemsIdItIsAskedBy() throws SQLException {
        assertThat(ids(BILLED)).containsExactlyInAnyOrder(BILLED, MEASURED, UNTOLD);
        assertThat(ids(MEASURED)).containsExactlyInAnyOrder(BILLED, MEASURED, UNTOLD);
    }

    @Test
    void aPointOfWhichNoRecordHasComeIsKnownByTheNumberInItsId() throws SQLException {
        String unknown = Town.id("crm", "servicepoint", "MP9");

        assertThat(ids(unknown)).containsExactly(unknown, Town.id("mdm", "servicepoint", "MP9"));
    }

    @Test
    void theSameNumberInAnotherOrgIsAnotherPoint() throws SQLException {
        assertThat(ids(ABROAD)).containsExactly(ABROAD);
    }

    @Test
    void whatIsNoIdIsItselfAlone() throws SQLException {
        assertThat(ids("MP1")).containsExactly("MP1");
    }

    private static List<String> ids(String point) throws SQLException {
        try (Connection connection = store.source.getConnection()) {
            return PointIds.of(connection, List.of(point));
        }
    }
}
