package isthmus.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some who ask again and again at once, each on a connection of its own, and how long each answer took. */
final class Crowd {
    private Crowd() {}

    /** One of them. */
    interface Asker extends AutoCloseable {
        void ask(int turn) throws Exception;

        @Override
        void close() throws IOException, SQLException;
    }

    /** Opens one's connection. */
    interface Opening {
        Asker open(int number) throws Exception;
    }

    /** What they did. */
    record Done(long[] nanos, double seconds) {
        double perSecond() {
            return nanos.length / seconds;
        }

        /** How long the slowest of the quickest {@code percent} took, in milliseconds. */
        double percentile(int percent) {
            return nanos[(int) ((nanos.length - 1L) * percent / 100)] / 1e6;
        }

        Done plus(Done other) {
            long[] both = Arrays.copyOf(nanos, nanos.length + other.nanos.length);
            System.arraycopy(other.nanos, 0, both, nanos.length, other.nanos.length);
            Arrays.sort(both);
            return new Done(both, seconds + other.seconds);
        }
    }

    /** Lets so many ask, each so many times. */
    static Done ask(int many, int times, Opening opening) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<long[]>> all = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < many; i++) {
                int number = i;
                all.add(threads.submit(() -> one(opening, number, times)));
            }
            long[] nanos = new long[many * times];
            for (int i = 0; i < many; i++) {
                System.arraycopy(all.get(i).get(), 0, nanos, i * times, times);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Arrays.sort(nanos);
            return new Done(nanos, seconds);
        } catch (ExecutionException fault) {
            throw new Refusal(Exit.CHECK_FAILED, "One of those who ask got no answer: " + fault.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] one(Opening opening, int number, int times) throws Exception {
        long[] nanos = new long[times];
        try (Asker asker = opening.open(number)) {
            for (int turn = 0; turn < times; turn++) {
                long begin = System.nanoTime();
                asker.ask(turn);
                nanos[turn] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }
}
