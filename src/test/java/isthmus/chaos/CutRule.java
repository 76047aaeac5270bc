package isthmus.chaos;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a proxy does to the bytes at the moment.
 *
 * @param after how many bytes still pass that way
 * @param left how many links are still to be cut
 * @param words a link that says them up never hears the answer; empty for none
 */
record CutRule(
        Way way,
        long after,
        End end,
        AtomicInteger left,
        byte[] words,
        boolean swallows,
        Duration latency,
        int bytesPerSecond) {
    static final CutRule PASS = rule(Way.UP, 0, End.RST, 0, "", false, Duration.ZERO, 0);
    static final CutRule SWALLOW = rule(Way.UP, 0, End.RST, 0, "", true, Duration.ZERO, 0);

    static CutRule cut(Way way, long after, End end, int times) {
        return rule(way, after, end, times, "", false, Duration.ZERO, 0);
    }

    static CutRule lose(String words) {
        return rule(Way.UP, Long.MAX_VALUE, End.RST, 1, words, false, Duration.ZERO, 0);
    }

    static CutRule slow(Duration latency, int bytesPerSecond) {
        return rule(Way.UP, 0, End.RST, 0, "", false, latency, bytesPerSecond);
    }

    private static CutRule rule(
            Way way, long after, End end, int times, String words, boolean swallows, Duration latency, int rate) {
        byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
        return new CutRule(way, after, end, new AtomicInteger(times), bytes, swallows, latency, rate);
    }

    /** True once for each link that is to be cut. */
    boolean takesOne() {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    boolean isSlow() {
        return bytesPerSecond > 0 || !latency.isZero();
    }
}
