package isthmus.reconcile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many keys in 16 bytes each; sorted once, then asked. */
final class Keys {
    private long[] halves = new long[64];
    private int size;
    private boolean sorted = true;

    void add(Key key) {
        if (2 * size == halves.length) {
            halves = Arrays.copyOf(halves, 2 * (size + size / 2));
        }
        sorted = sorted && (size == 0 || at(size - 1).compareTo(key) <= 0);
        halves[2 * size] = key.high();
        halves[2 * size + 1] = key.low();
        size++;
    }

    /** From what {@link #bytes} gave. */
    static Keys of(byte[] bytes) {
        Keys keys = new Keys();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            keys.add(new Key(from.getLong(), from.getLong()));
        }
        return keys;
    }

    byte[] bytes() {
        ByteBuffer to = ByteBuffer.allocate(size * Key.BYTES);
        to.asLongBuffer().put(halves, 0, 2 * size);
        return to.array();
    }

    int size() {
        return size;
    }

    Key at(int index) {
        return new Key(halves[2 * index], halves[2 * index + 1]);
    }

    Stream<Key> all() {
        return IntStream.range(0, size).mapToObj(this::at);
    }

    boolean contains(Key key) {
        sort();
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = at(middle).compareTo(key);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Keeps only the keys that are in the other too; in place, because either may be as long as a whole shore. */
    void retain(Keys other) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (other.contains(at(i))) {
                swap(i, kept++);
            }
        }
        size = kept;
    }

    private void sort() {
        if (!sorted) {
            heapSort();
            sorted = true;
        }
    }

    /** In place, because a sort over boxed keys would take the memory that this class saves. */
    private void heapSort() {
        for (int root = size / 2 - 1; root >= 0; root--) {
            sink(root, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
    }

    private void sink(int start, int end) {
        int root = start;
        for (int child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && at(child).compareTo(at(child + 1)) < 0) {
                child++;
            }
            if (at(root).compareTo(at(child)) >= 0) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private void swap(int one, int other) {
        for (int half = 0; half < 2; half++) {
            long kept = halves[2 * one + half];
            halves[2 * one + half] = halves[2 * other + half];
            halves[2 * other + half] = kept;
        }
    }
}
