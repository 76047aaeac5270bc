package isthmus.normalize;

import java.util.Arrays;

/** Writes runs of intervals that are missing, or of one quality and method other than actual. */
final class PointRuns {
    private PointRuns() {}

    static boolean write(Desk desk) {
        Bytes out = desk.out;
        out.add('[');
        int expected = desk.curve.shape().expected();
        boolean first = true;
        for (int from = 0, to; from < expected; from = to) {
            to = from + 1;
            while (to < expected && alike(desk, from, to)) {
                to++;
            }
            byte[] flag = desk.points.flags[from];
            boolean given = desk.curve.given[from];
            if (given && flag == PointDay.NONE) {
                continue;
            }
            if (!first) {
                out.add(',');
            }
            first = false;
            run(desk, from, to - from, given ? flag : PointDay.NONE);
        }
        out.add(']');
        return true;
    }

    private static boolean alike(Desk desk, int one, int other) {
        boolean given = desk.curve.given[one];
        return given == desk.curve.given[other]
                && (!given
                        || Arrays.equals(desk.points.flags[one], desk.points.flags[other])
                                && Arrays.equals(desk.points.methods[one], desk.points.methods[other]));
    }

    private static void run(Desk desk, int at, int n, byte[] flag) {
        Bytes out = desk.out;
        out.plain("{\"at\":");
        out.integer(at);
        out.add(',');
        if (flag == PointDay.NONE) {
            out.add(Curve.MISSING);
        } else {
            out.plain("\"flag\":\"");
            out.add(flag);
            byte[] method = desk.points.methods[at];
            if (method != PointDay.NONE) {
                out.plain("\",\"method\":\"");
                out.add(method);
            }
            out.plain("\",\"n\":");
        }
        out.integer(n);
        out.add('}');
    }
}
