package isthmus.feed;

/** More changes wait for Kafka than may; the chunk at hand is not stored and comes again later. */
public final class FeedFull extends RuntimeException {
    FeedFull(String sentence) {
        super(sentence);
    }
}
