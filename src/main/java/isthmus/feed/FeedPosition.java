package isthmus.feed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has been told, as text that may stand in an address: {@code 1042} the chunk at that position of the change
 * log and all before it, {@code 1042-17} of that chunk only up to its change 17, {@code 1042~…} the records as they are up
 * to an id, and none of the changes behind 1042. Stable: it means the same after any restart, on every hub.
 *
 * @param log position in the change log
 * @param n the last change told of the chunk there; {@link #WHOLE} for all of them
 * @param id the last record told of the state; empty before the first; null when the state is told, or not wanted
 */
public record FeedPosition(long log, int n, @Nullable String id) {
    static final int WHOLE = Integer.MAX_VALUE;

    private static final Pattern FORM =
            Pattern.compile("(0|[1-9][0-9]{0,17})(?:-(0|[1-9][0-9]{0,8})|~([A-Za-z0-9_-]{0,2000}))?");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Everything up to there is told. */
    static FeedPosition behind(long log) {
        return new FeedPosition(log, WHOLE, null);
    }

    static FeedPosition behind(long log, int n) {
        return new FeedPosition(log, n, null);
    }

    /** The state is told up to an id, and it is the state of that position or a later one. */
    static FeedPosition inState(long log, String id) {
        return new FeedPosition(log, WHOLE, id);
    }

    /** Empty when no feed of that entity can have given it. */
    public static Optional<FeedPosition> of(String entity, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long log = Long.parseLong(parts.group(1));
        if (parts.group(2) != null) {
            return Optional.of(behind(log, Integer.parseInt(parts.group(2))));
        }
        String id = parts.group(3);
        return id == null
                ? Optional.of(behind(log))
                : decoded(id).filter(urn -> urn.isEmpty() || isOf(entity, urn)).map(urn -> inState(log, urn));
    }

    private static Optional<String> decoded(String base64) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64);
            String id = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(id).filter(given -> given.indexOf('\0') < 0);
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }

    /** An id is {@code urn:isthmus:{org}:{silo}:{entity}:{key}} (model.md 2.1). */
    private static boolean isOf(String entity, String urn) {
        String[] parts = urn.split(":", 6);
        return parts.length == 6 && parts[0].equals("urn") && parts[4].equals(entity);
    }

    /** True while the records as they are have not all been told. */
    public boolean isInState() {
        return id != null;
    }

    @Override
    public String toString() {
        if (id != null) {
            return log + "~" + ENCODER.encodeToString(id.getBytes(StandardCharsets.UTF_8));
        }
        return n == WHOLE ? Long.toString(log) : log + "-" + n;
    }
}
