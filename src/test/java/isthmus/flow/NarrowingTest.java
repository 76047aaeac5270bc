package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Piece;
import isthmus.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.cxf.BusFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarrowingTest {
    @TempDir
    Path home;

    @Test
    void keysWhoseLabelsTheDatabaseWouldFoldAreAskedForAsTheyAreWritten() throws Exception {
        Store store = Store.fresh();
        Till till = Till.onPostgres(Store.fresh().url(), home.resolve("routes"));
        for (int i = 0; i < 10; i++) {
            till.pay(i, i + ".25", "2026-11-01 12:00:00");
        }
        List<Piece> pieces = new ArrayList<>();

        try (StoredHub hub = till.hub(store);
                NightShore shore =
                        new NightShore(hub.editions, BusFactory.newInstance().createBus(), home, store.clock)) {
            shore.some("till", "payment", Set.of("00003", "00007"), chunk -> pieces.addAll(chunk.pieces()));
        }

        assertThat(pieces).extracting(Piece::locator).containsExactly("00003", "00007");
    }
}
