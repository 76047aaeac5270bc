package isthmus.cli;

/**
 * What was counted at the ends of both chains.
 *
 * @param bareStored rows of the bare chain's table, as many as it has had messages acknowledged
 * @param events what the entity's topic has received
 */
record BenchCounts(long bareRecords, long bareStored, long applied, long unchanged, long quarantined, long events) {

    /** Whether both chains have brought every row, and nothing twice. */
    boolean areWhole(BenchJob job, int rows) {
        boolean isPath = job == BenchJob.UNCHANGED
                // The pull begins a little before where it stood, so a few more are read.
                ? applied == 0 && events == 0 && unchanged >= rows
                : applied == rows && events == rows && bareStored == rows;
        return isPath && quarantined == 0 && bareRecords == rows;
    }
}
