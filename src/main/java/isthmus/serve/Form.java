package isthmus.serve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/** The form in which an address answers, of those that it has. */
public final class Form {
    private Form() {}

    /**
     * The form that the Accept header likes best (RFC 9110 12.5.1); the first one for who says nothing or has no preference.
     *
     * @throws Refused when it wants none of them
     */
    public static MediaType wanted(@Nullable String accept, MediaType... offered) {
        if (accept == null || accept.isBlank()) {
            return offered[0];
        }
        for (MediaType one : liked(accept)) {
            for (MediaType form : offered) {
                if (one.includes(form)) {
                    return form;
                }
            }
        }
        throw Refused.accept("there are "
                + Arrays.stream(offered)
                        .map(form -> form.getType() + "/" + form.getSubtype())
                        .collect(Collectors.joining(", ")));
    }

    private static List<MediaType> liked(String accept) {
        try {
            List<MediaType> liked = MediaType.parseMediaTypes(accept);
            liked.removeIf(one -> one.getQualityValue() == 0);
            MimeTypeUtils.sortBySpecificity(liked);
            liked.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
            return liked;
        } catch (InvalidMediaTypeException | InvalidMimeTypeException unreadable) {
            throw Refused.accept("not a list of media types");
        }
    }
}
