package isthmus.audit.proof;

import isthmus.audit.proof.Finding.Kind;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goes through a log from its first entry to its last and compares it with the heads that were signed over it. One line is
 * held back, since only the next one says whether an entry is missing or misplaced.
 */
public final class Inspection {
    /** What the hub notes before the first entry whose time is older than the one before. */
    public static final String CLOCK_BACK = "clock.back";

    private static final int MOST = 100;

    private final List<Head> heads = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Long> setBack = new TreeSet<>();
    private final Set<String> signers = new TreeSet<>();
    private final Peaks peaks = Peaks.of(0, new byte[0]);
    private Optional<Entry.Line> held = Optional.empty();
    private Instant before = Instant.MIN;
    private long expected = 1;
    private long lines;
    private long vouched;
    private int nextHead;
    private boolean isApart;

    /**
     * @param heads in any order; the same ones may come from several places
     * @param keys the names of those who may sign, a head of another one proves nothing; empty for any
     */
    public Inspection(List<Head> heads, Set<String> keys) {
        Set<String> seen = new HashSet<>();
        for (Head head : heads) {
            if (!seen.add(head.line())) {
                continue;
            }
            String name = Head.name(head.key());
            if (!head.isGenuine()) {
                forged(head, "is not signed by the key that it names, " + name);
            } else if (!keys.isEmpty() && !keys.contains(name)) {
                forged(head, "is signed by key " + name + ", which is none of those to trust: " + keys);
            } else {
                signers.add(name);
                this.heads.add(head);
            }
        }
        this.heads.sort(Comparator.comparingLong(Head::size).thenComparing(Head::at));
        compare();
    }

    /**
     * What was found.
     *
     * @param findings the first hundred
     * @param entries that were read
     * @param vouched so many of the first are as a head says that they were
     * @param setBack numbers of entries by which the hub notes that its clock was put back
     * @param signers the names of the keys of the heads
     * @param root over what was read, in the order in which it was
     */
    public record Report(
            List<Finding> findings,
            long entries,
            long vouched,
            int heads,
            Set<Long> setBack,
            Set<String> signers,
            byte[] root) {

        public boolean isSound() {
            return findings.isEmpty();
        }

        /** The same with other findings. */
        public Report with(List<Finding> others) {
            return new Report(List.copyOf(others), entries, vouched, heads, setBack, signers, root);
        }
    }

    /** The next line of the exported log. */
    public void take(String line) {
        Entry.Line read;
        try {
            read = Entry.Line.read(line);
        } catch (IllegalArgumentException unreadable) {
            flush();
            lines++;
            find(
                    Kind.UNREADABLE,
                    expected,
                    "line %d, where entry %d should stand, is no entry: %s"
                            .formatted(lines, expected, unreadable.getMessage()));
            isApart = true;
            expected++;
            return;
        }
        take(read);
    }

    /** The next entry. */
    public void take(Entry.Line line) {
        lines++;
        Optional<Entry.Line> one = held;
        held = Optional.of(line);
        one.ifPresent(last -> place(last, line.entry().number()));
    }

    /** Nothing more comes. */
    public Report end() {
        flush();
        for (Head head : heads.subList(nextHead, heads.size())) {
            if (head.size() >= expected) {
                find(
                        Kind.CUT,
                        expected,
                        "the log ends before entry %d, and the head of %s is over %d: entries %d to %d are cut off"
                                .formatted(expected, head.at(), head.size(), expected, head.size()));
                break;
            }
        }
        return new Report(List.copyOf(findings), peaks.size(), vouched, heads.size(), setBack, signers, peaks.root());
    }

    private void flush() {
        Optional<Entry.Line> one = held;
        held = Optional.empty();
        one.ifPresent(last -> place(last, last.entry().number() + 1));
    }

    private void place(Entry.Line line, long next) {
        long number = line.entry().number();
        if (number > expected && next == number + 1) {
            find(
                    Kind.MISSING,
                    expected,
                    number == expected + 1
                            ? "entry %d is missing; behind it stands entry %d".formatted(expected, number)
                            : "entries %d to %d are missing".formatted(expected, number - 1));
            isApart = true;
            expected = number;
        } else if (number != expected) {
            find(Kind.MISPLACED, expected, "where entry %d should stand, stands entry %d".formatted(expected, number));
            isApart = true;
        }
        hold(line);
        expected++;
    }

    private void hold(Entry.Line line) {
        Entry entry = line.entry();
        if (!MessageDigest.isEqual(entry.leaf(), line.leaf())) {
            find(
                    Kind.CHANGED,
                    entry.number(),
                    "entry %d was altered: its text does not have the hash that it was written with"
                            .formatted(entry.number()));
        }
        if (entry.at().isBefore(before)) {
            if (entry.action().equals(CLOCK_BACK)) {
                setBack.add(entry.number());
            } else if (!isApart) {
                find(
                        Kind.CLOCK,
                        entry.number(),
                        "the clock goes back at entry %d: it says %s, and the entry before it %s"
                                .formatted(entry.number(), entry.at(), before));
            }
        }
        before = entry.at();
        peaks.add(line.leaf(), Peaks.Completed.NONE);
        compare();
    }

    private void compare() {
        for (; nextHead < heads.size() && heads.get(nextHead).size() <= peaks.size(); nextHead++) {
            Head head = heads.get(nextHead);
            if (isApart) {
                continue;
            }
            if (MessageDigest.isEqual(head.root(), peaks.root())) {
                vouched = head.size();
            } else {
                isApart = true;
                boolean isSaid = findings.stream()
                        .anyMatch(finding -> finding.kind() == Kind.CHANGED && finding.number() > vouched);
                if (!isSaid) {
                    find(
                            Kind.REWRITTEN,
                            Math.min(vouched + 1, head.size()),
                            "entries %d to %d are not those over which the head of %s was signed: they were rewritten"
                                    .formatted(Math.min(vouched + 1, head.size()), head.size(), head.at()));
                }
            }
        }
    }

    private void forged(Head head, String how) {
        find(Kind.FORGED, 0, "the head of %s over %d entries %s".formatted(head.at(), head.size(), how));
    }

    /** Where everything is wrong, the first hundred say so. */
    private void find(Kind kind, long number, String text) {
        if (findings.size() < MOST) {
            findings.add(new Finding(kind, number, text));
        }
    }
}
