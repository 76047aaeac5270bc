package isthmus.normalize;

import isthmus.model.Reason;
import isthmus.model.Text;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Telephone numbers (E.164) and e-mail addresses of one party, as a list with masks (model.md 4.6). */
final class Contacts implements Value {
    private static final Pattern BETWEEN = Pattern.compile("[/、,;，；]");
    private static final Pattern NOISE = Pattern.compile("[ \u00a0()-]");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern LANDLINE = Pattern.compile("0[0-9]{9,11}");
    private static final Pattern LOCAL = Pattern.compile("[0-9]{7,8}");
    private static final int WITH_COUNTRY = 12;
    private static final int LONGEST = 512;

    private final int[] phones;
    private final int email;
    private final String area;
    private final Place place;

    /**
     * The list of contacts.
     *
     * @param email column of the e-mail address, or -1
     * @param area area code with its leading 0, for local numbers
     */
    Contacts(int[] phones, int email, String area, Place place) {
        this.phones = phones;
        this.email = email;
        this.area = area;
        this.place = place;
    }

    @Override
    public boolean write(@Nullable String[] row, Desk desk) {
        desk.out.add('[');
        int count = 0;
        for (int column : phones) {
            String field = Structures.trimmed(row[column]);
            if (field.isEmpty() || Cleaner.isSentinel(field)) {
                continue;
            }
            for (String part : BETWEEN.split(field)) {
                String number = NOISE.matcher(Text.halfWidth(part)).replaceAll("");
                if (!number.isEmpty()) {
                    phone(number, count++, desk);
                }
            }
        }
        String address = email < 0 ? "" : Structures.trimmed(row[email]);
        if (!address.isEmpty() && !Cleaner.isSentinel(address)) {
            mail(address.toLowerCase(Locale.ROOT), count, desk);
        }
        desk.out.add(']');
        return true;
    }

    private void phone(String number, int at, Desk desk) {
        String national = number;
        if (national.startsWith("+86")) {
            national = national.substring(3);
        } else if (national.startsWith("86") && national.length() >= WITH_COUNTRY) {
            national = national.substring(2);
        }
        boolean mobile = MOBILE.matcher(national).matches();
        if (LOCAL.matcher(national).matches()) {
            national = area + national;
        }
        boolean known = mobile || LANDLINE.matcher(national).matches();
        String type = mobile ? "mobile" : "phone";
        if (!known) {
            contact(type, null, null, at, desk);
            return;
        }
        String masked = mobile
                ? national.substring(0, 3) + "****" + national.substring(7)
                : "*".repeat(national.length() - 4) + national.substring(national.length() - 4);
        contact(type, "+86" + (mobile ? national : national.substring(1)), masked, at, desk);
    }

    private void mail(String address, int at, Desk desk) {
        int sign = address.indexOf('@');
        boolean known = sign > 0
                && sign == address.lastIndexOf('@')
                && sign < address.length() - 1
                && address.codePoints().noneMatch(Text::isControl);
        if (address.length() > LONGEST) {
            throw place.refuse(Reason.TEXT_LENGTH, desk);
        }
        String first = known ? Character.toString(address.codePointAt(0)) : "";
        contact("email", known ? address : null, known ? first + "***" + address.substring(sign) : null, at, desk);
    }

    private void contact(String type, @Nullable String value, @Nullable String masked, int at, Desk desk) {
        Bytes out = desk.out;
        out.plain(at == 0 ? "{\"masked\":" : ",{\"masked\":");
        quotedOrNull(masked, out);
        out.plain(at == 0 ? ",\"preferred\":true,\"type\":\"" : ",\"preferred\":false,\"type\":\"");
        out.plain(type);
        out.plain("\",\"value\":");
        quotedOrNull(value, out);
        out.add('}');
        if (value == null) {
            desk.flag(Reason.TEL_INVALID, place.pointer(desk) + "/" + at + "/value");
        }
    }

    private static void quotedOrNull(@Nullable String text, Bytes out) {
        if (text == null) {
            out.plain("null");
        } else {
            out.quoted(text);
        }
    }
}
