package isthmus.demo.data;

/** Each kind of contradiction between the systems that the generator plants, and the check that has to find it. */
enum Dispute {
    KWH_ROLLOVER("X-KWH", "rollover", 4, "The register runs over its highest figure; the bill charges nothing."),
    KWH_EXCHANGE("X-KWH", "meter-exchange", 4, "The meter is exchanged; the bill leaves out what the old one counted."),
    KWH_CHANNEL("X-KWH", "channel", 4, "The bill charges the peak register instead of the total."),
    KWH_SHIFT("X-KWH", "period-shift", 4, "The bill ends with a read of four days before its end."),
    KWH_ESTIMATE("X-KWH", "estimated", 4, "The metering system has an estimate where the bill has a real read."),
    KWH_TYPO("X-KWH", "read-error", 4, "One digit of the bill's read is not the meter's."),
    KWH_ADJUSTED("X-KWH", "usage-adjusted", 4, "The bill charges 50 kWh more than its own reads say."),
    KWH_UNKNOWN("X-KWH", "unexplained", 4, "The bill's read is another figure altogether."),
    KWH_NEAR("X-KWH", "within tolerance", 25, "Two bills, each off by less than the tolerance."),
    MULT_BILL("X-MULT", "bill", 5, "The bill forgets the multiplier of the current transformer."),
    MULT_METER("X-MULT", "meter", 5, "The metering system has a multiplier that is not that of the transformers."),
    TARIFF_OTHER("X-TARIFF", "other-tariff", 5, "The bill is charged by a tariff that the account does not have."),
    TARIFF_OLD("X-TARIFF", "other-version", 5, "The bill is charged by a version of the tariff that has ended."),
    NO_BILL("X-READ-NOBILL", "no-bill", 10, "A month is measured and not billed."),
    NO_BILL_NEAR("X-READ-NOBILL", "within tolerance", 5, "A month of less than 5 kWh is not billed."),
    NO_READS("X-BILL-NOREAD", "no-reads", 3, "No read of the meter came since summer."),
    NO_START("X-BILL-NOREAD", "no-start", 3, "The first read of a bill's period did not come."),
    NO_END("X-BILL-NOREAD", "no-end", 3, "The last read of a bill's period did not come."),
    ESTIMATES("X-BILL-NOREAD", "only-estimates", 3, "All reads around a bill's period are estimates."),
    AR_OWN("X-AR", "own-figures", 4, "A bill's own figures do not add up."),
    AR_MISSING("X-AR", "payment-missing", 3, "A bill says that it was paid, and there is no payment."),
    AR_UNPOSTED("X-AR", "payment-not-posted", 3, "A payment that its bill does not know of."),
    ORPHAN_ACCOUNT("PAY-ORPHAN", "no-account", 5, "A payment for an account that never was."),
    ORPHAN_BILL("PAY-ORPHAN", "no-bill", 5, "A payment for a bill that never was."),
    PAID_TWICE("PAY-OVER", "overpaid", 10, "A bill is paid twice."),
    REVERSAL_LOST("PAY-REV", "no-original", 5, "A reversal of a payment that never was."),
    REVERSAL_OTHER("PAY-REV", "other-amount", 5, "A reversal by another amount than was paid."),
    BILLED_TWICE("BIL-DUP", "twice", 10, "One period in two bills."),
    GAP("BIL-GAP", "gap", 10, "A bill begins three days after the one before has ended."),
    OVERLAP("BIL-OVERLAP", "overlap", 10, "A bill begins three days before the one before has ended."),
    READS("BIL-READS", "current", 10, "Both reads of a bill are 3 kWh off, so that its usage is right."),
    STRAY(
            "X-METER-NOSP",
            "unknown-point",
            10,
            "A meter at a service point that billing does not know; half of them send reads."),
    BARE("X-SP-NOMETER", "no-meter", 10, "A service point in use without a meter."),
    CLOSED_CONNECTED("X-STATUS", "closed-connected", 4, "The account is closed, its point is connected."),
    CUT_OFF_USES("X-STATUS", "disconnected-consumes", 3, "The point is disconnected and goes on consuming."),
    CLOSED_REQUEST("X-STATUS", "closed-request", 3, "The account is closed, work on it is not."),
    UNKNOWN_ACCOUNT("X-CUST-NOACCT", "unknown-account", 5, "A customer names an account that never was."),
    CLOSED_BEFORE("X-CUST-NOACCT", "closed-before", 5, "A customer names an account that was closed before."),
    NAME_OTHER("X-NAME", "by-key", 10, "An organization names an account whose holder has quite another name."),
    DUP_NUMBER("X-DUP", "number", 5, "A customer has a second entry with the same identity number and another name."),
    DUP_FLAT(
            "X-DUP",
            "name-and-flat",
            5,
            "A customer has a second entry with the same name and flat, and nothing else."),
    SILENT(
            "missing, extra, different",
            "",
            10,
            "Rows that come late, change or go without a trace in the change time.");

    private static final int DAYS_OF_USE = 3;

    private final String check;
    private final String cause;
    private final int often;
    private final String what;

    Dispute(String check, String cause, int often, String what) {
        this.check = check;
        this.cause = cause;
        this.often = often;
        this.what = what;
    }

    /** As it is printed, for example {@code KWH-ROLLOVER}. */
    String code() {
        return name().replace('_', '-');
    }

    String check() {
        return check;
    }

    String cause() {
        return cause;
    }

    /** One sentence. */
    String what() {
        return what;
    }

    /** How many accounts it is planted at. */
    int times(WorldOptions options) {
        boolean hasRoom = this != CUT_OFF_USES || options.days() >= DAYS_OF_USE;
        return switch (options.faults()) {
            case "nasty" -> hasRoom ? often : 0;
            case "light" -> hasRoom ? 1 : 0;
            default -> 0;
        };
    }
}
