package isthmus.cli;

/** What {@code isthmus bench} can measure. */
enum BenchJob {
    /** New bills over JDBC. */
    BILLS("bill", "bills", 19, 19),
    /** New days of quarter-hour curves over SFTP. */
    CURVES("intervalblock", "curves", 52, 40),
    /** Bills that are read again and have not changed; the bare chain only reads. */
    UNCHANGED("bill", "bills", 6.4, 6.4);

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

    /** Above this, in processor seconds per million, something else is using the machine. */
    double noisyAbove(int rows) {
        return 2 * (rows < MANY ? bareOfFew : bareOfMany);
    }

    /**
     * The full path's cost over the bare chain's; for unchanged records its cost over what it may cost: twice the reading
     * and 8 microseconds a record.
     */
    double ratio(double path, double bare) {
        return this == UNCHANGED ? path / (2 * bare + 8) : path / bare;
    }

    /** What the ratio must not exceed. */
    double limit() {
        return this == UNCHANGED ? 1 : 4;
    }
}
