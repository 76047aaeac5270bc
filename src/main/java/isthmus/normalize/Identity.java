package isthmus.normalize;

import isthmus.catalog.FieldSpec.CodeTable;
import isthmus.model.Reason;
import isthmus.model.Text;
import isthmus.security.Fingerprints;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An identity number as hash and mask; the number itself goes no further (model.md 4.6). The hash is left out of the
 * content hash, so that a new key makes no event.
 */
public final class Identity implements Value {
    private static final Pattern RESIDENT = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD_RESIDENT = Pattern.compile("[0-9]{15}");
    private static final Pattern SOCIAL_CREDIT = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{18}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int FULL = 18;
    private static final int SHOWN = 4;
    private static final int LONGEST = 64;

    private final int column;
    private final int typeColumn;
    private final Map<String, String> types;
    private final Fingerprints fingerprints;
    private final Place place;

    Identity(int column, int typeColumn, CodeTable types, Fingerprints fingerprints, Place place) {
        this.column = column;
        this.typeColumn = typeColumn;
        this.types = types.values();
        this.fingerprints = fingerprints;
        this.place = place;
    }

    @Override
    public boolean write(@Nullable String[] row, Desk desk) {
        String number = Structures.trimmed(row[column]);
        if (number.isEmpty() || Cleaner.isSentinel(number)) {
            return false;
        }
        number = plain(number);
        if (number.length() > LONGEST) {
            throw place.refuse(Reason.TEXT_LENGTH, desk);
        }
        String type = types.get(Structures.trimmed(row[typeColumn]));
        if (type == null) {
            type = "other";
            desk.flag(Reason.CODE_UNKNOWN, place.member("type", place.source()));
        }
        boolean verified = false;
        if (type.equals("cnResidentId")) {
            boolean old = OLD_RESIDENT.matcher(number).matches();
            number = normal(type, number);
            verified = RESIDENT.matcher(number).matches() && check(number) == number.charAt(FULL - 1);
            flagUnless(verified && !old, desk);
        } else if (type.equals("uscc")) {
            verified = SOCIAL_CREDIT.matcher(number).matches();
            flagUnless(verified, desk);
        }
        put(type, number, verified, desk);
        return true;
    }

    private void flagUnless(boolean good, Desk desk) {
        if (!good) {
            desk.flag(Reason.CUS_ID, place);
        }
    }

    private void put(String type, String number, boolean verified, Desk desk) {
        Bytes out = desk.out;
        out.add('{');
        int from = out.length;
        out.plain("\"hash\":\"");
        out.plain(fingerprints.identifier(type, number));
        out.plain("\",");
        desk.omitSince(from);
        out.plain("\"masked\":");
        out.quoted(masked(type, number));
        out.plain(",\"type\":\"");
        out.plain(type);
        out.plain(verified ? "\",\"verified\":true}" : "\",\"verified\":false}");
    }

    /** Three characters, stars and four; of any other form only the last four. */
    private static String masked(String type, String number) {
        int length = number.codePointCount(0, number.length());
        boolean full = length == FULL && number.length() == FULL && (type.equals("uscc") || isResident(type, number));
        int head = full ? 3 : 0;
        int tail = length > SHOWN ? SHOWN : 0;
        StringBuilder out = new StringBuilder(number.substring(0, head)).append("*".repeat(length - head - tail));
        number.codePoints()
                .skip(length - (long) tail)
                .forEach(point -> out.appendCodePoint(Text.isControl(point) ? '*' : point));
        return out.toString();
    }

    private static boolean isResident(String type, String number) {
        return type.equals("cnResidentId") && RESIDENT.matcher(number).matches();
    }

    /** The number as it is fingerprinted, however it was written; one of 15 digits as the one of 18 that it became. */
    public static String normal(String type, String number) {
        String plain = plain(number);
        return type.equals("cnResidentId") && OLD_RESIDENT.matcher(plain).matches() ? widened(plain) : plain;
    }

    private static String plain(String number) {
        return Text.trim(Text.halfWidth(number)).toUpperCase(Locale.ROOT);
    }

    private static String widened(String old) {
        String seventeen = old.substring(0, 6) + "19" + old.substring(6);
        return seventeen + check(seventeen);
    }

    /** The check character of ISO 7064 MOD 11-2 over the first 17 digits. */
    static char check(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % CHECKS.length());
    }
}
