package isthmus.demo.data;

/**
 * How large and how dirty a pretend world is.
 *
 * @param scale number of accounts
 * @param days days of curves, the last of them 2026-11-21
 * @param faults {@code none}, {@code light} or {@code nasty}
 * @param isListedByLine whether the files will be listed a name a line, as FTP does, which limits how odd a name can be
 */
public record WorldOptions(long seed, int scale, int days, String faults, boolean isListedByLine) {
    public WorldOptions(long seed, int scale, int days, String faults) {
        this(seed, scale, days, faults, false);
    }

    public WorldOptions {
        if (scale < 1 || days < 1) {
            throw new IllegalArgumentException("scale and days must be at least 1");
        }
        if (!faults.equals("none") && !faults.equals("light") && !faults.equals("nasty")) {
            throw new IllegalArgumentException("faults must be none, light or nasty, not " + faults);
        }
    }
}
