package isthmus.demo.truth;

/**
 * A sequence in two numbers that compare as the text does: time, then tie breaker and suffix.
 *
 * @param tie ten digits, the suffix letter and its six digits
 */
record Version(long time, long tie) implements Comparable<Version> {
    private static final int TIME = 17;
    private static final int TIE = 10;
    private static final int SUFFIX = 6;

    /** Reads {@code yyyyMMddHHmmssSSS-nnnnnnnnnn} with an optional {@code ~m000001}; any other form is refused. */
    static Version of(String sequence) {
        int end = TIME + 1 + TIE;
        boolean bare = sequence.length() == end;
        boolean suffixed = sequence.length() == end + 2 + SUFFIX && sequence.charAt(end) == '~';
        if (!bare && !suffixed || sequence.charAt(TIME) != '-') {
            throw new IllegalArgumentException("not a sequence: " + sequence);
        }
        long tie = Long.parseLong(sequence, TIME + 1, end, 10) << 28;
        if (suffixed) {
            int letter = sequence.charAt(end + 1) - 'a' + 1;
            tie += ((long) letter << 20) + Long.parseLong(sequence, end + 2, sequence.length(), 10);
        }
        return new Version(Long.parseLong(sequence, 0, TIME, 10), tie);
    }

    @Override
    public int compareTo(Version other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(tie, other.tie);
    }
}
