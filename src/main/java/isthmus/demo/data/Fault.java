package isthmus.demo.data;

import java.util.List;

/** Each kind of fault that the generator plants, and what must come of it. */
enum Fault {
    B_ZERO_DATE(true, "CANCEL_DATE is 0000-00-00.", "closedAt is null"),
    B_OPEN_END(false, "CANCEL_DATE is 9999-12-31.", "closedAt is null"),
    B_FULLWIDTH(true, "Full-width digits in ELEC_ADDR and MP_ADDR.", "half-width in the normalized address, raw kept"),
    B_BLANKS(false, "Ideographic blanks inside a name.", "taken out between Han characters"),
    B_PLACEHOLDER_NAME(false, "The customer's name is 无.", "customer rejected, its account comes out", "FIELD-MISSING"),
    B_TEST_NAME(false, "The customer's name is 测试用户.", "published, flagged CUS-NAME"),
    B_CODE_UNKNOWN(true, "ELEC_TYPE_CODE 999 is in no code table.", "category is other, the raw code kept"),
    B_NO_ORG(false, "ORG_NO is blank.", "account rejected, its customer comes out", "FIELD-MISSING"),
    B_PERIOD(false, "A bill's END_DATE is not after its BGN_DATE.", "bill rejected", "PERIOD-INVALID"),
    B_DATE(false, "A bill begins on 30 February.", "bill rejected", "DATE-INVALID"),
    B_DATE_RANGE(false, "BUILD_DATE is in the year 201.", "account rejected, its customer comes out", "DATE-RANGE"),
    B_NO_LINES(true, "A bill without detail rows.", "bill rejected", "LIST-EMPTY"),
    B_SUM(false, "A bill's total is not the sum of its lines.", "published, flagged BIL-SUM"),
    B_AMOUNT_TEXT(
            true, "RCVBL_AMT is 1,234.50, abc, 1e5, NaN or 1e999999999.", "bill rejected at once", "NUMBER-INVALID"),
    B_AMOUNT_WIDE(false, "RCVBL_AMT in full-width digits, with full-width or plain point.", "read as the number it is"),
    B_AMOUNT_HUGE(false, "RCVBL_AMT has 30 digits.", "bill rejected", "NUMBER-RANGE"),
    B_MON_SCALE(false, "RCVBL_AMT has three places.", "rounded half up, flagged MON-SCALE"),
    B_REFUND(false, "A negative payment that reverses another.", "published"),
    B_PAY_TIME(false, "PAY_TIME is 24:00:00.", "payment rejected", "TIME-INVALID"),
    B_PAY_ORPHAN(false, "A payment to an account that never exists.", "published, REF-PENDING stays"),
    B_PAY_EARLY(false, "A payment whose account comes with the second tide.", "REF-PENDING, then healed"),
    B_EQUAL_TIME(false, "Thousands of bills with one and the same LAST_UPDATED.", "all come out, once"),
    B_LATE_COMMIT(
            true, "A bill and a payment commit after the pull, up to 4 minutes older than the newest.", "come out"),
    B_INJECTION(false, "SQL, EL, SpEL, property and JNDI expressions as names and addresses.", "come out literally"),
    B_BAD_CTL(false, "CTL_MODE 77.", "account rejected, its customer comes out", "BOOLEAN-INVALID"),
    B_UPDATED(false, "Account, service point, bill and payment change with the second tide.", "the new version"),

    M_SHORT(true, "A file cut before its trailer; half of them are sent again whole.", "file rejected", "FILE-SHORT"),
    M_COUNT(false, "The trailer counts one line more.", "file rejected", "TRAILER-COUNT"),
    M_SUM(false, "The trailer's sum is off in the last place.", "file rejected", "TRAILER-SUM"),
    M_EMPTY(false, "A file of no bytes.", "file rejected", "FILE-EMPTY"),
    M_TITLE(false, "A file written in UTF-8.", "file rejected", "FILE-HEADER"),
    M_NO_DONE(false, "A file without its done-marker.", "untouched"),
    M_NAME(false, "Hostile file names.", "never fetched, rejected", "FILE-NAME"),
    M_ZIP_BOMB(false, "64 MB of zeros in a small archive.", "file rejected", "ARCHIVE"),
    M_ZIP_SLIP(false, "A member that climbs out of its directory.", "file rejected", "ARCHIVE"),
    M_ZIP_NESTED(false, "An archive in an archive.", "file rejected", "ARCHIVE"),
    M_ZIP_MANY(false, "An archive with two members.", "file rejected", "ARCHIVE"),
    M_ZIP_ENCRYPTED(false, "An archive whose member is marked encrypted.", "file rejected", "ARCHIVE"),
    M_ZIP_BROKEN(false, "An archive cut in the middle.", "file rejected", "ARCHIVE"),
    M_FIELDS(true, "A field too many or too few.", "line rejected", "FIELD-COUNT"),
    M_CHARSET(false, "Bytes that GB18030 does not know.", "line rejected", "CHARSET"),
    M_QUOTE(false, "A quote that is never closed.", "line rejected", "QUOTE"),
    M_LONG(false, "A line of 70,000 bytes.", "line rejected", "LINE-LENGTH"),
    M_TEXT(false, "E17 is abc.", "line rejected", "NUMBER-INVALID"),
    M_SENTINEL(true, "-9999 in a curve.", "null"),
    M_GAP(true, "Quarter-hours without a value.", "null, flagged VEE-GAP"),
    M_WHOLE_FLAG(false, "The whole-day flags the wrong way round.", "line rejected", "WHOLE-FLAG"),
    M_NEG(false, "A negative quarter-hour.", "published, flagged VEE-NEG"),
    M_SAME_LINE(false, "The same line twice.", "second unchanged"),
    M_TWICE(false, "The same key twice with other values.", "the later line wins"),
    M_RESENT(true, "A later file with corrected values.", "the later values, flagged edited"),
    M_REGAP(true, "A later file that holds the missing points only.", "put together with the first"),
    M_OLDER(false, "A file of older business time whose name sorts later.", "changes nothing that is there"),
    M_COPY(false, "The same content under another name.", "all unchanged"),
    M_REPLACED(false, "The same name with new content in the second tide.", "the new values"),
    M_UNKNOWN_METER(false, "A meter that no file of the meter pull knows.", "published, REF-PENDING stays"),
    M_WIDE_KEY(false, "Full-width digits in ASSET_NO.", "the same key in half-width"),
    M_NUL(false, "A NUL in ASSET_NO.", "line rejected", "KEY-INVALID"),
    M_DATE(false, "DATA_DATE is 30 February.", "line rejected", "DATE-INVALID"),
    M_DIGITS(false, "Five places in a curve, twenty digits on a register.", "line rejected", "NUMBER-RANGE"),
    M_TYPE(false, "DATA_TYPE 9.", "line rejected", "SCHEMA"),
    M_RARE(false, "Addresses and makers with four-byte characters.", "come out"),

    C_ID_CHECK(true, "A resident id with a wrong check digit.", "verified is false, flagged CUS-ID"),
    C_ID_15(false, "A resident id of the old form with 15 digits.", "widened, flagged CUS-ID"),
    C_TEL(false, "A telephone number that is none.", "value is null, flagged TEL-INVALID"),
    C_TEL_TWO(false, "Two numbers in one field.", "two contacts"),
    C_NO_NAME(false, "A customer without a name.", "customer rejected", "FIELD-MISSING"),
    C_CTRL(false, "Zero-width and bidirectional characters in a name.", "taken out"),
    C_STATUS(false, "An unknown status.", "status is other"),
    C_TIME(
            false,
            "createDate is yesterday, openTime is soon.",
            "customer or request rejected",
            "DATE-INVALID",
            "TIME-INVALID"),
    C_LONG(false, "A name of 600 characters.", "customer rejected", "TEXT-LENGTH"),
    C_FAULT(true, "A call is answered with a SOAP fault and status 500.", "called again"),
    C_FAULT_200(false, "A call is answered with a SOAP fault and status 200.", "called again"),
    C_CUT(false, "An answer is cut in the middle.", "called again"),
    C_SLOW(false, "An answer comes after the time-out.", "called again"),
    C_EXTRA(false, "An element that the contract does not know.", "passed over"),
    C_AGAIN(false, "A customer on two pages.", "second unchanged"),
    C_NO_REF(false, "A work order that refers to nothing.", "request rejected", "REF-MISSING"),
    C_RARE(false, "Surrogate pairs and emoji.", "come out"),
    C_INJECTION(false, "Expressions as names, addresses and texts.", "come out literally"),
    C_DELETED(false, "A customer marked as deleted.", "a tombstone"),
    C_CLOSED_EARLY(false, "A work order closed before it was opened.", "request rejected", "PERIOD-INVALID"),
    C_SAT(false, "Satisfaction 9.", "request rejected", "NUMBER-RANGE"),
    C_CONSENT(false, "A consent neither given nor refused.", "customer rejected", "BOOLEAN-INVALID"),
    C_UPDATED(false, "A customer changes with the second tide.", "the new version");

    private final boolean light;
    private final String what;
    private final String outcome;
    private final List<String> reasons;

    Fault(boolean light, String what, String outcome, String... reasons) {
        this.light = light;
        this.what = what;
        this.outcome = outcome;
        this.reasons = List.of(reasons);
    }

    /** As it is printed, for example {@code B-ZERO-DATE}. */
    String code() {
        return name().replace('_', '-');
    }

    boolean isLight() {
        return light;
    }

    /** One sentence. */
    String what() {
        return what;
    }

    String outcome() {
        return outcome;
    }

    /** The reasons it may be rejected for; empty when the record comes out. */
    List<String> reasons() {
        return reasons;
    }

    /** How often it is planted; scarce room can make it fewer. */
    int times(String level) {
        return switch (level) {
            case "nasty" -> this == M_SHORT ? 6 : 5;
            case "light" -> light ? 2 : 0;
            default -> 0;
        };
    }

    boolean isIn(char island) {
        return name().charAt(0) == island;
    }
}
