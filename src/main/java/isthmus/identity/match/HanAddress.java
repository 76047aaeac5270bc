package isthmus.identity.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chinese addresses by their parts: one flat or house, one building, one road or estate, or other (model.md 4.6 and 7.4).
 * What the parts leave over is a part too, so that two shops at one gate are told apart by what is written behind it.
 */
final class HanAddress implements Comparison {
    private static final List<String> LEVELS = List.of("core", "building", "road", "other");
    private static final String BETWEEN = "|";
    private static final Pattern PARTS = Pattern.compile("(?:[^省市区县]{2,8}(?:省|自治区))?(?:[^省市区县]{2,4}市)?"
            + "(?<county>[^省市区县路街道]{1,4}?(?:县市|县|(?<!小)区|市))?"
            + "(?:(?<road>[^0-9]{1,10}?(?:路|街|大道|道|巷|胡同))(?:(?<number>[0-9]+)号(?!楼))?)?"
            + "(?<estate>[^0-9]{2,12}?(?=[0-9]))?"
            + "(?:(?<building>[0-9a-z]+)(?:号楼|栋|幢|座|楼))?(?:(?<unit>[0-9]+)单元)?(?:(?<room>[0-9]{2,5})(?:室|房|户|号)?)?"
            + "(?<rest>.*)");
    private static final Pattern NOT_WRITTEN = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final String NUMERALS = "零一二三四五六七八九";
    private static final Pattern WRITTEN_NUMBER = Pattern.compile("[零一二三四五六七八九十]+(?=号|栋|幢|座|单元|室)");

    private static final int COUNTY = 0;
    private static final int ROAD = 1;
    private static final int NUMBER = 2;
    private static final int ESTATE = 3;
    private static final int BUILDING = 4;
    private static final int PLACES = 8;

    @Override
    public String name() {
        return "hanAddress";
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        String plain = NOT_WRITTEN
                .matcher(Normalizer.normalize(value, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .replaceAll("");
        Matcher parts = PARTS.matcher(WRITTEN_NUMBER.matcher(plain).replaceAll(found -> digits(found.group())));
        if (plain.isEmpty() || !parts.matches()) {
            return "";
        }
        List<String> said = new ArrayList<>();
        for (String part : List.of("county", "road", "number", "estate", "building", "unit", "room", "rest")) {
            said.add(written(parts.group(part)));
        }
        return String.join(BETWEEN, said);
    }

    private static String written(@Nullable String part) {
        return part == null ? "" : part;
    }

    /** Up to ninety-nine, as houses are numbered. */
    private static String digits(String numerals) {
        int ten = numerals.indexOf('十');
        if (ten < 0) {
            StringBuilder digits = new StringBuilder();
            numerals.chars().forEach(c -> digits.append(NUMERALS.indexOf(c)));
            return digits.toString();
        }
        int tens = ten == 0 ? 1 : NUMERALS.indexOf(numerals.charAt(ten - 1));
        int ones = ten == numerals.length() - 1 ? 0 : NUMERALS.indexOf(numerals.charAt(ten + 1));
        return String.valueOf(tens * 10 + ones);
    }

    @Override
    public int level(String left, String right) {
        String[] one = parts(left);
        String[] other = parts(right);
        if (left.equals(right) && isExact(one)) {
            return 0;
        }
        boolean isOnePlace = !isApart(one, other, COUNTY)
                && (isShared(one, other, ROAD) && !isApart(one, other, NUMBER) || isShared(one, other, ESTATE));
        if (isOnePlace && isShared(one, other, BUILDING) && !isApart(one, other, ESTATE)) {
            return 1;
        }
        return isShared(one, other, ROAD) || isShared(one, other, ESTATE) ? 2 : 3;
    }

    private static String[] parts(String prepared) {
        String[] parts = prepared.split("\\|", -1);
        return parts.length == PLACES ? parts : Arrays.copyOf(parts, PLACES);
    }

    /** A road without a number, or an estate without a building, is nobody's address. */
    private static boolean isExact(String[] parts) {
        return !parts[NUMBER].isEmpty() || !parts[BUILDING].isEmpty();
    }

    private static boolean isShared(String[] one, String[] other, int part) {
        return !one[part].isEmpty() && one[part].equals(other[part]);
    }

    private static boolean isApart(String[] one, String[] other, int part) {
        return !one[part].isEmpty() && !other[part].isEmpty() && !one[part].equals(other[part]);
    }

    /** Numbers are shown, names are not: {@code ..|28|3|2|501}. */
    @Override
    public String masked(String prepared) {
        return Arrays.stream(parts(prepared))
                .map(part -> part.chars().allMatch(c -> c < 128) ? part : "..")
                .collect(Collectors.joining(BETWEEN));
    }

    @Override
    public List<String> parts() {
        return List.of(Field.FLAT, "place");
    }

    @Override
    public List<String> keys(String prepared, String part) {
        String[] parts = parts(prepared);
        if (part.equals(Field.FLAT)) {
            return isExact(parts) ? List.of(prepared) : List.of();
        }
        if (!parts[ROAD].isEmpty() && !parts[NUMBER].isEmpty()) {
            return List.of(parts[ROAD] + parts[NUMBER]);
        }
        return parts[ESTATE].isEmpty() ? List.of() : List.of(parts[ESTATE]);
    }
}
