package isthmus.hostile;

/** A door of the hub through which bad inputs are sent. */
interface Way {
    /** What has become of an input that was sent, as the table says it; empty while nothing has. */
    String outcome(BadInput input) throws Exception;

    /** All that was made of it, for whoever looks for a text; empty where nothing is kept. */
    default String made(BadInput input) throws Exception {
        return "";
    }
}
