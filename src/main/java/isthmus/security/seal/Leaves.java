package isthmus.security.seal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over the values in some members of a record, and puts others in their place; every other byte stays as it is. */
final class Leaves {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** What a value becomes. */
    @FunctionalInterface
    interface Rewriting {
        /**
         * @param path members and places in lists, {@code contacts/0/value}
         * @param json the value as it stands in the record, a text with its quotes
         * @return what stands there instead; null to leave it
         */
        byte @Nullable [] of(String path, byte[] json);
    }

    private Leaves() {}

    /**
     * @param members of the record in which values are looked at, texts and numbers only
     * @param clear names of members inside those that are passed over, or paths of them
     */
    static byte[] rewrite(byte[] record, Set<String> members, Set<String> clear, Rewriting rewriting) {
        try (JsonParser parser = JSON.createParser(record)) {
            ByteArrayOutputStream out = null;
            int copied = 0;
            Place place = new Place(members, clear);
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!place.isLookedAt(token, parser)) {
                    continue;
                }
                int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                parser.finishToken();
                int to = Math.toIntExact(parser.currentLocation().getByteOffset());
                byte[] other = rewriting.of(place.path(parser), Arrays.copyOfRange(record, from, to));
                if (other != null) {
                    out = out == null ? new ByteArrayOutputStream(record.length * 2) : out;
                    out.write(record, copied, from - copied);
                    out.writeBytes(other);
                    copied = to;
                }
            }
            if (out == null) {
                return record;
            }
            out.write(record, copied, record.length - copied);
            return out.toByteArray();
        } catch (IOException damaged) {
            throw new IllegalStateException("a record that is no JSON", damaged);
        }
    }

    /** The path of the object that the value at a path stands in. */
    static String object(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /** The id of a record; empty where it says none. */
    static String id(byte[] record) {
        try (JsonParser parser = JSON.createParser(record)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = parser.currentName().equals("id");
                parser.nextToken();
                if (isId) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException damaged) {
            throw new IllegalStateException("a record that is no JSON", damaged);
        }
    }

    /** Where in the record the parser is. */
    private static final class Place {
        private final Set<String> members;
        private final Set<String> clear;
        private int depth;
        private boolean inside;

        Place(Set<String> members, Set<String> clear) {
            this.members = members;
            this.clear = clear;
        }

        boolean isLookedAt(JsonToken token, JsonParser parser) throws IOException {
            if (token == JsonToken.FIELD_NAME) {
                if (depth == 1) {
                    inside = members.contains(parser.currentName());
                }
                return false;
            }
            if (token.isStructStart()) {
                depth++;
                if (depth == 2 && !inside) {
                    parser.skipChildren();
                    depth--;
                }
                return false;
            }
            if (token.isStructEnd()) {
                depth--;
                return false;
            }
            String name = parser.currentName();
            return inside
                    && (token == JsonToken.VALUE_STRING || token.isNumeric())
                    && (name == null || !clear.contains(name));
        }

        String path(JsonParser parser) {
            StringBuilder path = new StringBuilder(32);
            write(parser.getParsingContext(), path);
            return path.toString();
        }

        private static void write(JsonStreamContext context, StringBuilder path) {
            JsonStreamContext around = context.getParent();
            if (around != null && !around.inRoot()) {
                write(around, path);
                path.append('/');
            }
            if (context.inArray()) {
                path.append(context.getCurrentIndex());
            } else {
                path.append(context.getCurrentName());
            }
        }
    }
}
