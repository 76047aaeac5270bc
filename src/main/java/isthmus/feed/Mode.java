package isthmus.feed;

import java.util.Locale;

/** How an event lies in a Kafka record, by the CloudEvents binding for Kafka; one for the whole hub. */
enum Mode {
    /** The value is the whole event. */
    STRUCTURED,
    /** The value is the data, the attributes are headers. */
    BINARY;

    static Mode of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
