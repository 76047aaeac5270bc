package isthmus.store;

import isthmus.model.Quality;
import isthmus.model.Reason;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Flags as they lie in the tables and travel in the feed: {@code [{"code","path","severity"}]}, null for none. */
final class QualityJson {
    private QualityJson() {}

    static @Nullable String write(List<Quality> flags) {
        if (flags.isEmpty()) {
            return null;
        }
        StringBuilder out = new StringBuilder("[");
        for (Quality flag : flags) {
            out.append(out.length() == 1 ? "" : ",")
                    .append("{\"code\":\"")
                    .append(flag.code().code());
            out.append("\",\"path\":\"");
            escape(out, flag.path());
            out.append("\",\"severity\":\"").append(severity(flag.code())).append("\"}");
        }
        return out.append(']').toString();
    }

    static List<Quality> read(@Nullable String json) {
        return json == null
                ? List.of()
                : JsonText.elements(json).stream()
                        .map(JsonText::members)
                        .map(QualityJson::flag)
                        .toList();
    }

    static String severity(Reason reason) {
        return switch (reason.fate()) {
            case NOTE -> "info";
            case WARN -> "warning";
            default -> "error";
        };
    }

    static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static Quality flag(SortedMap<String, String> members) {
        String code = unquoted(members, "code");
        String path = unquoted(members, "path").replace("\\\"", "\"").replace("\\\\", "\\");
        return new Quality(Reason.valueOf(code.replace('-', '_')), path);
    }

    private static String unquoted(SortedMap<String, String> members, String name) {
        String raw = members.getOrDefault(name, "\"\"");
        return raw.substring(1, raw.length() - 1);
    }
}
