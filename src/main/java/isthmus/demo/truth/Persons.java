package isthmus.demo.truth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What identifies or reaches a person: numbers hashed and masked, telephones in E.164. */
final class Persons {
    private static final String KEY = "isthmus-demo-hmac-key-not-for-production";
    private static final String AREA = "373";
    private static final Pattern SPLIT = Pattern.compile("[/、,;，；]");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern LANDLINE = Pattern.compile("0[0-9]{9,11}");
    private static final Pattern LOCAL = Pattern.compile("[0-9]{7,8}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Persons() {}

    static List<Object> contacts(@Nullable String mobile, @Nullable String phone, @Nullable String email) {
        List<Map<String, Object>> contacts = new ArrayList<>();
        numbers(contacts, mobile);
        numbers(contacts, phone);
        String mail = Words.trimmed(email);
        if (mail != null) {
            contacts.add(mail(mail.toLowerCase(Locale.ROOT)));
        }
        for (int i = 0; i < contacts.size(); i++) {
            contacts.get(i).put("preferred", i == 0);
        }
        return List.copyOf(contacts);
    }

    private static void numbers(List<Map<String, Object>> contacts, @Nullable String field) {
        if (field == null) {
            return;
        }
        for (String part : SPLIT.split(field)) {
            String digits = Words.half(part).replaceAll("[ \\-()\\u00A0]", "");
            if (!digits.isEmpty()) {
                contacts.add(number(digits));
            }
        }
    }

    private static Map<String, Object> number(String text) {
        String bare = text.startsWith("+86") ? text.substring(3) : text;
        if (bare.startsWith("86") && MOBILE.matcher(bare.substring(2)).matches()) {
            bare = bare.substring(2);
        }
        Map<String, Object> contact = new TreeMap<>();
        contact.put("type", MOBILE.matcher(bare).matches() ? "mobile" : "phone");
        if (MOBILE.matcher(bare).matches()) {
            contact.put("value", "+86" + bare);
            contact.put("masked", bare.substring(0, 3) + "****" + bare.substring(7));
        } else if (LANDLINE.matcher(bare).matches()) {
            contact.put("value", "+86" + bare.substring(1));
            contact.put("masked", stars(bare));
        } else if (LOCAL.matcher(bare).matches()) {
            contact.put("value", "+86" + AREA + bare);
            contact.put("masked", stars("0" + AREA + bare));
        } else {
            contact.put("value", null);
            contact.put("masked", null);
        }
        return contact;
    }

    private static Map<String, Object> mail(String mail) {
        Map<String, Object> contact = new TreeMap<>();
        int at = mail.indexOf('@');
        boolean one = at > 0 && at == mail.lastIndexOf('@') && at < mail.length() - 1;
        contact.put("type", "email");
        contact.put("value", one ? mail : null);
        contact.put(
                "masked", one ? mail.substring(0, mail.offsetByCodePoints(0, 1)) + "***" + mail.substring(at) : null);
        return contact;
    }

    static List<Object> identifiers(@Nullable String idType, @Nullable String idNo) {
        String text = Words.trimmed(idNo);
        if (text == null) {
            return List.of();
        }
        String number = text.toUpperCase(Locale.ROOT);
        return List.of(
                switch (String.valueOf(Words.trimmed(idType))) {
                    case "01" -> resident(number);
                    case "02" -> identifier("uscc", number, number.matches("[0-9A-HJ-NPQRTUWXY]{18}"));
                    case "03" -> identifier("passport", number, false);
                    default -> identifier("other", number, false);
                });
    }

    private static Map<String, Object> resident(String number) {
        if (number.matches("[0-9]{15}")) {
            String wide = number.substring(0, 6) + "19" + number.substring(6);
            return identifier("cnResidentId", wide + checkDigit(wide), true);
        }
        boolean good = number.matches("[0-9]{17}[0-9X]") && number.charAt(17) == checkDigit(number);
        return identifier("cnResidentId", number, good);
    }

    private static Map<String, Object> identifier(String type, String number, boolean verified) {
        boolean eighteen = type.equals("cnResidentId") && number.matches("[0-9]{17}[0-9X]")
                || type.equals("uscc") && number.length() == 18;
        Map<String, Object> identifier = new TreeMap<>();
        identifier.put("type", type);
        identifier.put("hash", hash(type, number));
        identifier.put(
                "masked", eighteen ? number.substring(0, 3) + "*".repeat(11) + number.substring(14) : stars(number));
        identifier.put("verified", verified);
        return identifier;
    }

    /** ISO 7064 MOD 11-2 over the first 17 digits. */
    static char checkDigit(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return "10X98765432".charAt(sum % 11);
    }

    private static String stars(String text) {
        int shown = Math.min(4, text.length());
        return "*".repeat(text.length() - shown) + text.substring(text.length() - shown);
    }

    static String hash(String type, String number) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] full = mac.doFinal((type + ":" + number).getBytes(StandardCharsets.UTF_8));
            return "h1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, 16));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
