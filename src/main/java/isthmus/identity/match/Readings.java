package isthmus.identity.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sourceforge.pinyin4j.PinyinHelper;

/**
 * How Han characters are read, all readings of each without their tones, and which of them look alike. A surname is read
 * otherwise than the same character in a word, so sets are compared and nothing is guessed (model.md 7.5).
 */
final class Readings {
    private static final int FIRST = 0x4E00;
    private static final int LAST = 0x9FFF;
    private static final int MOST = 8;
    private static final List<String> LOOK_ALIKE = List.of("己已巳", "未末", "土士", "日曰", "人入", "戊戌戍", "天夭", "干千", "大太犬");

    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final List<String> SYLLABLES = new ArrayList<>();
    private static final int[][] OF = new int[LAST - FIRST + 1][];

    static {
        for (char c = FIRST; c <= LAST; c++) {
            String[] read = PinyinHelper.toHanyuPinyinStringArray(c);
            OF[c - FIRST] = read == null
                    ? new int[0]
                    : Arrays.stream(read)
                            .map(one -> one.replaceAll("[1-5]$", ""))
                            .distinct()
                            .sorted()
                            .mapToInt(Readings::number)
                            .toArray();
        }
    }

    private Readings() {}

    private static int number(String syllable) {
        return NUMBERS.computeIfAbsent(syllable, fresh -> {
            SYLLABLES.add(fresh);
            return SYLLABLES.size() - 1;
        });
    }

    private static int[] of(char c) {
        return c < FIRST || c > LAST ? new int[0] : OF[c - FIRST];
    }

    /** Whether two characters are one, share a reading, or look alike. */
    static boolean meet(char one, char other) {
        if (one == other) {
            return true;
        }
        int[] left = of(one);
        int[] right = of(other);
        for (int a : left) {
            for (int b : right) {
                if (a == b) {
                    return true;
                }
            }
        }
        for (String alike : LOOK_ALIKE) {
            if (alike.indexOf(one) >= 0 && alike.indexOf(other) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Every way to read a text, at most eight; a character without a reading stands for itself. */
    static List<String> of(String text) {
        List<String> ways = List.of("");
        for (int i = 0; i < text.length(); i++) {
            int[] read = of(text.charAt(i));
            List<String> longer = new ArrayList<>();
            for (String way : ways) {
                if (read.length == 0) {
                    longer.add(way + text.charAt(i) + ' ');
                }
                for (int syllable : read) {
                    if (longer.size() < MOST) {
                        longer.add(way + SYLLABLES.get(syllable) + ' ');
                    }
                }
            }
            ways = longer;
        }
        return ways;
    }
}
