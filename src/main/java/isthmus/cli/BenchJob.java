package isthmus.cli;

/** What {@code isthmus bench} can measure. */
enum BenchJob {
    /** New bills over JDBC. */
    BILLS("bill", "bills", 19, 19),
    /** New days of quarter-hour curves over SFTP. */
    CURVES("intervalblock", "curves", 52, 40),
    /** Bills that are read again and have not changed; the bare chain only reads. */
    UNCHANGED("bill", "bills", 3, 3);

    private static final int MANY = 1_000_000;

    final String entity;
    final String cargo;
    private final double bareOfFew;
    private final double bareOfMany;

    /**
     * @param bareOfFew what the bare chain has cost on a quiet machine, processor seconds per million, start-up shared by
     *     some 100,000 records
     * @param bareOfMany the same, shared by a million
     */
    BenchJob(String entity, String cargo, double bareOfFew, double bareOfMany) {
        this.entity = entity;
        this.cargo = cargo;
        this.bareOfFew = bareOfFew;
        this.bareOfMany = bareOfMany;
    }

    /** What the bare chain without the source may cost, in processor seconds per million, on a machine left in peace. */
    double noisyAbove(int rows) {
        return 2 * (rows < MANY ? bareOfFew : bareOfMany);
    }

    /**
     * The full path's cost over the bare chain's, both without the source. For unchanged records, which are hardly more than
     * read, its cost over what it may cost, both with the source: twice the reading and 8 microseconds a record.
     */
    double ratio(BenchCost path, BenchCost bare, int rows) {
        return this == UNCHANGED
                ? path.perRecord(rows) / (2 * bare.perRecord(rows) + 8)
                : path.perRecordWithoutSource(rows) / bare.perRecordWithoutSource(rows);
    }

    /** What the ratio must not exceed. */
    double limit() {
        return this == UNCHANGED ? 1 : 4;
    }
}
