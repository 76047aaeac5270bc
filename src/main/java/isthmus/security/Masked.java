package isthmus.security;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides a value so far that two can be told apart, and nobody is named (model.md 5.11, trust.md). By code points, so that a rare character is one. */
public final class Masked {
    /** Stands for what is hidden whole, and does not tell how long it is. */
    public static final String WHOLE = "***";

    private static final Pattern COUNTRY = Pattern.compile("^\\+86(?=1[0-9]{10}$)");
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[\\s·•・‧]+");

    /** Surnames of two characters, of which one alone would say less than a surname does. */
    private static final Set<String> COMPOUND = Set.of(
            "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "令狐", "慕容", "司徒", "夏侯",
            "宇文", "长孙", "長孫", "端木", "独孤", "獨孤", "南宫", "南宮", "百里", "呼延", "东郭", "東郭", "西门", "西門", "澹台", "澹臺", "公冶", "申屠",
            "太史", "轩辕", "軒轅", "钟离", "鍾離", "宗政", "濮阳", "濮陽", "淳于", "单于", "單于", "闻人", "聞人", "赫连", "赫連", "第五", "鲜于", "鮮于");

    /**
     * What an address may be told to: province, city, district or county. What stands behind a road, a number or an estate
     * is no district any more, though it may end in the same character.
     */
    private static final Pattern DISTRICT =
            Pattern.compile("^[^0-9０-９路街巷弄村号號道]{0,24}?(?:(?<![小社园園库庫厂廠校景治])[区區]|[县縣]|旗(?![区區县縣]))");

    private static final Pattern CITY = Pattern.compile("^[^0-9０-９路街巷弄村号號道]{0,16}?市");

    private Masked() {}

    /** The first character of each part, a surname as a rule: {@code 李*}, {@code 欧阳*}, {@code 买*·艾**}. */
    public static String person(String name) {
        StringBuilder out = new StringBuilder();
        Matcher between = BETWEEN_PARTS.matcher(name);
        int from = 0;
        while (between.find()) {
            out.append(part(name.substring(from, between.start()))).append(between.group());
            from = between.end();
        }
        return out.append(part(name.substring(from))).toString();
    }

    private static String part(String name) {
        int points = length(name);
        boolean isCompound = points > 2 && COMPOUND.contains(name.substring(0, name.offsetByCodePoints(0, 2)));
        return points == 1 ? "*" : kept(name, isCompound ? 2 : 1, 0);
    }

    /** Where it sits and what its name ends with. */
    public static String organization(String name) {
        return length(name) < 6 ? person(name) : kept(name, 2, 2);
    }

    /** Both ends: {@code 138****0001}; of a short one less. */
    public static String number(String number) {
        String plain = COUNTRY.matcher(number).replaceFirst("");
        return length(plain) >= 11 ? kept(plain, 3, 4) : length(plain) >= 6 ? kept(plain, 1, 2) : kept(plain, 1, 0);
    }

    /** A telephone by both its ends, an e-mail address by its first character and where it is. */
    public static String contact(String value) {
        int sign = value.indexOf('@');
        return sign < 1
                ? number(value)
                : value.substring(0, value.offsetByCodePoints(0, 1)) + WHOLE + value.substring(sign);
    }

    /** Down to the district: {@code 河南省新乡市红旗区***}; of an address that names none, the city or nothing. */
    public static String address(String address) {
        Matcher district = DISTRICT.matcher(address);
        if (district.find()) {
            return district.group() + WHOLE;
        }
        Matcher city = CITY.matcher(address);
        return (city.find() ? city.group() : "") + WHOLE;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String kept(String text, int head, int tail) {
        int[] points = text.codePoints().toArray();
        int hidden = Math.max(0, points.length - head - tail);
        int first = Math.min(head, points.length);
        return new String(points, 0, first)
                + "*".repeat(hidden)
                + new String(points, first + hidden, points.length - first - hidden);
    }
}
