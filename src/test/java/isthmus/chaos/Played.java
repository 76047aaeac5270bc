package isthmus.chaos;

import java.io.IOException;
import java.nio.file.Path;

/** A world after a whole pass of both tides without any fault; its servers run, its hub has ended. */
public final class Played implements AutoCloseable {
    private final Stage stage;

    private Played(Stage stage) {
        this.stage = stage;
    }

    public static Played whole(long seed, int scale, int days) throws Exception {
        Stage stage = Stage.open(seed, scale, days);
        HubProcess hub = stage.hub();
        stage.awaitWholeSince(0);
        stage.tide();
        stage.awaitWhole();
        hub.end();
        return new Played(stage);
    }

    public Path data() {
        return stage.data();
    }

    @Override
    public void close() throws IOException {
        stage.close();
    }
}
