package isthmus.normalize;

import java.util.Arrays;

/** What a day of points says beside its values: the unit, and each interval's quality where it is not plainly actual. */
final class PointDay {
    /** Nothing is said. */
    static final byte[] NONE = {};

    Unit unit = Unit.kWh;
    boolean[] seen = {};
    byte[][] flags = {};
    byte[][] methods = {};

    /** Makes room for a day, with nothing said of its intervals. */
    void open(int expected) {
        if (flags.length < expected) {
            seen = new boolean[expected];
            flags = new byte[expected][];
            methods = new byte[expected][];
        }
        Arrays.fill(seen, false);
        Arrays.fill(flags, NONE);
        Arrays.fill(methods, NONE);
    }
}
