package isthmus.serve.records;

import isthmus.serve.Asked;
import isthmus.serve.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: behind the record of this id, or, in a search for changes, behind this state of it.
 *
 * @param recorded null when the list is in the order of ids
 */
record After(String id, @Nullable Instant recorded) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,17})\\.)?(urn:[\\x21-\\x7e]{1,300})");

    static @Nullable After of(Asked asked, String entity) {
        String text = asked.text("after");
        if (text == null) {
            return null;
        }
        Matcher form = FORM.matcher(decoded(text));
        if (!form.matches()
                || !form.group(2).contains(":" + entity + ":")
                || (form.group(1) != null) != asked.has("changedSince")) {
            throw refused();
        }
        return new After(form.group(2), form.group(1) == null ? null : instant(Long.parseLong(form.group(1))));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw refused();
        }
    }

    private static Refused refused() {
        return Refused.position("after", "what next said in the answer to the same search");
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    @Override
    public String toString() {
        String text = recorded == null ? id : micros(recorded) + "." + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
