package isthmus.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An intervalblock (model.md 5.5) opened for merging: by position a value, its quality and the sequence that brought it.
 * Integers are exact; {@link ArithmeticException} when they leave the range of a long.
 */
final class Block {
    private final SortedMap<String, String> members;
    private int scale;
    private final long[] values;
    private final boolean[] known;
    private final String[] flags;
    private final String[] sequences;

    /** @param positions run-length sequences, or null when every position has {@code sequence} */
    Block(byte[] body, String sequence, @Nullable String positions) {
        this.members = JsonText.members(body);
        this.scale = Integer.parseInt(member("scale"));
        List<String> raw = JsonText.elements(member("values"));
        this.values = new long[raw.size()];
        this.known = new boolean[raw.size()];
        for (int i = 0; i < values.length; i++) {
            known[i] = !raw.get(i).equals("null");
            values[i] = known[i] ? Long.parseLong(raw.get(i)) : 0;
        }
        this.flags = new String[values.length];
        Arrays.fill(flags, defaultFlag());
        JsonText.elements(member("quality")).forEach(this::readRun);
        this.sequences = new String[values.length];
        if (positions == null) {
            Arrays.fill(sequences, sequence);
        } else {
            readPositions(positions);
        }
    }

    int length() {
        return values.length;
    }

    boolean sameShape(Block other) {
        return values.length == other.values.length
                && member("intervalLength").equals(other.member("intervalLength"))
                && member("unit").equals(other.member("unit"));
    }

    /** Takes over every position in which the other block has the better right. */
    void take(Block other) {
        int finest = Math.min(scale, other.scale);
        rescale(finest);
        other.rescale(finest);
        for (int i = 0; i < values.length; i++) {
            if (compare(i, other) < 0) {
                values[i] = other.values[i];
                known[i] = other.known[i];
                flags[i] = other.flags[i];
                sequences[i] = other.sequences[i];
            }
        }
    }

    /** Takes over everything that is not counted by position. */
    void takeHead(Block other) {
        members.clear();
        members.putAll(other.members);
    }

    /** The text of everything that is not counted by position. */
    String head() {
        SortedMap<String, String> head = new TreeMap<>(members);
        for (String counted : List.of("values", "quality", "received", "scale", "sum")) {
            head.remove(counted);
        }
        StringBuilder out = new StringBuilder();
        JsonText.write(out, head);
        return out.toString();
    }

    byte[] write() {
        StringBuilder list = new StringBuilder("[");
        int received = 0;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < values.length; i++) {
            list.append(i == 0 ? "" : ",");
            if (known[i]) {
                received++;
                sum = sum.add(BigInteger.valueOf(values[i]));
                list.append(values[i]);
            } else {
                list.append("null");
            }
        }
        members.put("values", list.append(']').toString());
        members.put("received", Integer.toString(received));
        members.put("scale", Integer.toString(scale));
        members.put("quality", qualityRuns());
        members.put("sum", isEnergy() ? '"' + plain(new BigDecimal(sum, -scale)) + '"' : "null");
        StringBuilder out = new StringBuilder(2_500);
        JsonText.write(out, members);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Run-length sequences, or null when all are the given one. */
    @Nullable
    String positions(String highest) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < sequences.length) {
            int n = runLength(sequences, i);
            if (n == sequences.length && sequences[i].equals(highest)) {
                return null;
            }
            out.append(i == 0 ? "" : ",").append(sequences[i]).append('*').append(n);
            i += n;
        }
        return out.isEmpty() ? null : out.toString();
    }

    boolean isKnown(int i) {
        return known[i];
    }

    long value(int i) {
        return values[i];
    }

    @Nullable
    BigDecimal sum() {
        String sum = string("sum");
        return sum == null ? null : new BigDecimal(sum);
    }

    /** A text member of the head, or null. */
    @Nullable
    String string(String name) {
        String raw = members.get(name);
        return raw == null || !raw.startsWith("\"") ? null : raw.substring(1, raw.length() - 1);
    }

    /** A total order, so that merging is the same in any order: non-null before null, then sequence, value, quality. */
    private int compare(int i, Block other) {
        int order = Boolean.compare(speaks(i), other.speaks(i));
        if (order == 0) {
            order = sequences[i].compareTo(other.sequences[i]);
        }
        if (order == 0) {
            order = Boolean.compare(known[i], other.known[i]);
        }
        if (order == 0) {
            order = Long.compare(values[i], other.values[i]);
        }
        return order != 0 ? order : flags[i].compareTo(other.flags[i]);
    }

    /** A null says nothing, unless it withdraws a value. */
    private boolean speaks(int i) {
        return known[i] || flags[i].contains("\"method\":\"withdrawn\"");
    }

    private boolean isEnergy() {
        return member("readingType").contains("\"accumulation\":\"delta\"");
    }

    private void rescale(int finer) {
        if (finer == scale) {
            return;
        }
        long factor = BigInteger.TEN.pow(scale - finer).longValueExact();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.multiplyExact(values[i], factor);
        }
        scale = finer;
    }

    private void readRun(String run) {
        SortedMap<String, String> parts = JsonText.members(run);
        String at = parts.remove("at");
        String n = parts.remove("n");
        if (at == null || n == null) {
            throw new IllegalArgumentException("a quality run without at or n");
        }
        StringBuilder flag = new StringBuilder();
        JsonText.write(flag, parts);
        int start = Integer.parseInt(at);
        Arrays.fill(flags, start, start + Integer.parseInt(n), flag.toString());
    }

    private String qualityRuns() {
        StringBuilder out = new StringBuilder("[");
        String unflagged = defaultFlag();
        int i = 0;
        while (i < flags.length) {
            int n = runLength(flags, i);
            if (!flags[i].equals(unflagged)) {
                SortedMap<String, String> run = JsonText.members(flags[i]);
                run.put("at", Integer.toString(i));
                run.put("n", Integer.toString(n));
                out.append(out.length() == 1 ? "" : ",");
                JsonText.write(out, run);
            }
            i += n;
        }
        return out.append(']').toString();
    }

    private void readPositions(String positions) {
        int i = 0;
        for (String run : positions.split(",", -1)) {
            int star = run.lastIndexOf('*');
            int n = Integer.parseInt(run.substring(star + 1));
            Arrays.fill(sequences, i, i + n, run.substring(0, star));
            i += n;
        }
    }

    private static int runLength(String[] of, int start) {
        int end = start + 1;
        while (end < of.length && of[end].equals(of[start])) {
            end++;
        }
        return end - start;
    }

    private String defaultFlag() {
        return "{\"flag\":" + member("defaultQuality") + "}";
    }

    private String member(String name) {
        String raw = members.get(name);
        if (raw == null) {
            throw new IllegalArgumentException("a block without " + name);
        }
        return raw;
    }

    /** DECIMAL of the canonical model: no trailing zeros behind the second place, at least two places. */
    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
    }
}
