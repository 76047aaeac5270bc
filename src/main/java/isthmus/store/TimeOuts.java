package isthmus.store;

import java.time.Duration;
import java.util.Properties;

/** What the PostgreSQL driver must be told, lest it wait for ever on a link of which the other half is gone. */
final class TimeOuts {
    private TimeOuts() {}

    static Properties of(Duration connect, Duration read) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", seconds(connect));
        properties.setProperty("loginTimeout", seconds(connect));
        properties.setProperty("socketTimeout", seconds(read));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** The driver counts whole seconds, and takes none for endless. */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
