package isthmus.serve.nights;

import isthmus.serve.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The parameters of a question: each known, given once, and of its form. */
record Filter(HttpServletRequest request) {
    private static final int LONGEST = 200;
    private static final int USUAL = 50;

    /** Refuses what is not known: a filter that is silently passed over gives a wrong answer. */
    static Filter of(HttpServletRequest request, String... known) {
        request.getParameterMap().forEach((name, values) -> {
            if (!List.of(known).contains(name)) {
                throw Refused.parameter(
                        "query",
                        "not a parameter of this address; "
                                + (known.length == 0 ? "it has none" : "there are " + String.join(", ", known)));
            }
            if (values.length > 1
                    || values[0].isEmpty()
                    || values[0].length() > LONGEST
                    || values[0].chars().anyMatch(Character::isISOControl)) {
                throw Refused.parameter(
                        name, "given once, with one to " + LONGEST + " characters, none of them a control character");
            }
        });
        return new Filter(request);
    }

    @Nullable
    String text(String name) {
        return request.getParameter(name);
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw Refused.parameter(name, "true or false");
        }
        return "true".equals(text);
    }

    /** Where a list goes on, as its {@code next} said. */
    long after(long otherwise) {
        String text = text("after");
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Refused.position("after", "what next said in the answer to the same question");
        }
        return Long.parseLong(text);
    }

    /** How many at most; a greater number is cut, and the page says so by its limit. */
    int limit(int most) {
        String text = text("limit");
        if (text == null) {
            return Math.min(USUAL, most);
        }
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
            throw Refused.parameter("limit", "a number from 1 to " + most);
        }
        return (int) Math.min(Long.parseLong(text), most);
    }

    /** Whether another form was asked for rather than JSON, which is the usual one. */
    static boolean wants(List<MediaType> accepted, MediaType other) {
        MimeTypeUtils.sortBySpecificity(accepted);
        for (MediaType one : accepted) {
            if (one.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (one.includes(other)) {
                return true;
            }
        }
        return false;
    }
}
