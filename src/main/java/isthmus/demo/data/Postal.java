package isthmus.demo.data;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Other ways to write one address. */
final class Postal {
    private static final Pattern BUILDING = Pattern.compile("([0-9]+)号楼");
    private static final String NUMERALS = "零一二三四五六七八九";

    private Postal() {}

    static String fullWidth(String address) {
        StringBuilder out = new StringBuilder(address);
        for (int i = 0; i < out.length(); i++) {
            if (out.charAt(i) >= '0' && out.charAt(i) <= '9') {
                out.setCharAt(i, (char) (out.charAt(i) - '0' + '０'));
            }
        }
        return out.toString();
    }

    /** The same where there is no building. */
    static String otherWord(String address) {
        return BUILDING.matcher(address).replaceAll("$1栋");
    }

    /** The same where there is no building. */
    static String numerals(String address) {
        return BUILDING.matcher(address).replaceAll(Postal::building);
    }

    private static String building(MatchResult found) {
        int number = Integer.parseInt(found.group(1));
        int tens = number / 10;
        int ones = number % 10;
        return (tens > 1 ? NUMERALS.substring(tens, tens + 1) : "")
                + (tens > 0 ? "十" : "")
                + (ones > 0 ? NUMERALS.substring(ones, ones + 1) : "")
                + "号楼";
    }

    static String withoutCounty(String address) {
        for (String district : People.DISTRICTS) {
            if (address.contains(district)) {
                return address.replace(district, "");
            }
        }
        return address;
    }
}
