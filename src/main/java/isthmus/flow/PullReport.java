package isthmus.flow;

import org.jspecify.annotations.Nullable;

/**
 * What one pull brought.
 *
 * @param pieces offered to the mappings, over all attempts
 * @param failure why it ended early, null when it did not
 */
record PullReport(
        String system,
        String pull,
        long chunks,
        long pieces,
        int attempts,
        @Nullable Failure failure) {

    public boolean isWhole() {
        return failure == null;
    }
}
