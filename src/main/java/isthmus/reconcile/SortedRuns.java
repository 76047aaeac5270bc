package isthmus.reconcile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of sightings by key in bounded memory: a run is sorted when its buffer is full and spilled to a file,
 * and the runs are merged while they are read. Each key comes out once, settled.
 */
final class SortedRuns implements AutoCloseable {
    private static final int RUN_BYTES = 4 << 20;
    private static final int READ_BYTES = 64 << 10;
    /** What the heap pays for an array and its place in the list. */
    private static final int OVERHEAD = 24;

    private static final Comparator<byte[]> BY_KEY =
            (one, other) -> Arrays.compareUnsigned(one, 0, Key.BYTES, other, 0, Key.BYTES);

    private final Path folder;
    private final int runBytes;
    private final List<Path> runs = new ArrayList<>();
    private final List<Run> open = new ArrayList<>();
    private List<byte[]> buffer = new ArrayList<>();
    private int buffered;

    SortedRuns(Path folder) {
        this(folder, RUN_BYTES);
    }

    SortedRuns(Path folder, int runBytes) {
        this.folder = folder;
        this.runBytes = runBytes;
    }

    void add(Sighting sighting) {
        byte[] bytes = sighting.encode();
        buffer.add(bytes);
        buffered += bytes.length + OVERHEAD;
        if (buffered >= runBytes) {
            spill();
        }
    }

    /** How many runs lie on disk. */
    int spilled() {
        return runs.size();
    }

    /** Each key once, in order; to be read to its end once, after everything was added. */
    Iterator<Sighting> settled() {
        if (!runs.isEmpty() && !buffer.isEmpty()) {
            spill();
        }
        if (runs.isEmpty()) {
            buffer.sort(BY_KEY);
            return new Settling(buffer.iterator());
        }
        PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head, BY_KEY));
        for (Path file : runs) {
            Run run = new Run(file);
            open.add(run);
            heads.add(run);
        }
        return new Settling(new Merging(heads));
    }

    @Override
    public void close() {
        try {
            for (Run run : open) {
                run.from.close();
            }
            for (Path file : runs) {
                Files.deleteIfExists(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void spill() {
        buffer.sort(BY_KEY);
        try {
            Path file = Files.createTempFile(folder, "run", ".bin");
            runs.add(file);
            try (var to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), READ_BYTES))) {
                for (byte[] bytes : buffer) {
                    to.writeInt(bytes.length);
                    to.write(bytes);
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("no room to sort in " + folder, fault);
        }
        buffer = new ArrayList<>();
        buffered = 0;
    }

    /** One spilled run, read from the front. */
    private static final class Run {
        private final DataInputStream from;
        private byte[] head;

        Run(Path file) {
            try {
                from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), READ_BYTES));
                head = next();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        byte[] head() {
            return head;
        }

        boolean advance() {
            try {
                head = next();
                return true;
            } catch (EOFException end) {
                return false;
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        private byte[] next() throws IOException {
            byte[] bytes = new byte[from.readInt()];
            from.readFully(bytes);
            return bytes;
        }
    }

    /** The runs as one sorted stream. */
    private record Merging(PriorityQueue<Run> heads) implements Iterator<byte[]> {
        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public byte[] next() {
            Run first = heads.remove();
            byte[] bytes = first.head();
            if (first.advance()) {
                heads.add(first);
            }
            return bytes;
        }
    }

    /** Gathers what is said of one key and settles it. */
    private static final class Settling implements Iterator<Sighting> {
        private final Iterator<byte[]> from;
        private byte @Nullable [] ahead;

        Settling(Iterator<byte[]> from) {
            this.from = from;
            this.ahead = from.hasNext() ? from.next() : null;
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Sighting next() {
            byte[] first = ahead;
            if (first == null) {
                throw new NoSuchElementException();
            }
            List<Sighting> seen = new ArrayList<>(1);
            byte[] current = first;
            while (current != null && BY_KEY.compare(current, first) == 0) {
                seen.add(Sighting.decode(current));
                current = from.hasNext() ? from.next() : null;
            }
            ahead = current;
            return Sighting.settle(seen);
        }
    }
}
