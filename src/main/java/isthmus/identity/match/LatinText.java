package isthmus.identity.match;

import isthmus.security.Masked;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.language.DoubleMetaphone;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Names and words in Latin letters: without accents, and by how alike they look (Jaro and Winkler). */
final class LatinText implements Comparison {
    private static final List<String> LEVELS = List.of("same", "close", "like", "other");
    private static final double CLOSE = 0.92;
    private static final double LIKE = 0.80;
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
    private static final DoubleMetaphone SOUND = new DoubleMetaphone();

    @Override
    public String name() {
        return "latin";
    }

    @Override
    public List<String> levels() {
        return LEVELS;
    }

    @Override
    public String prepared(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    @Override
    public int level(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        double alike = SIMILARITY.apply(left, right);
        return alike >= CLOSE ? 1 : alike >= LIKE ? 2 : 3;
    }

    @Override
    public String masked(String prepared) {
        return Masked.person(prepared);
    }

    @Override
    public List<String> parts() {
        return List.of("sound", "initials");
    }

    @Override
    public List<String> keys(String prepared, String part) {
        if (part.equals("initials")) {
            return List.of(prepared.substring(0, Math.min(3, prepared.length())));
        }
        String sound = SOUND.doubleMetaphone(prepared);
        return sound == null || sound.isEmpty() ? List.of() : List.of(sound);
    }
}
