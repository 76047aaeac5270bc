package isthmus.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import isthmus.model.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON in which a list is the repetition of its name, as in XML. The root object, or each item of a root list, has the empty
 * name. A name twice in one object is refused, and so is anything behind the document.
 */
final class JsonEvents implements TreeEvents {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .build();

    private final Window window;
    private final JsonParser json;
    /** The name that the items of each open list, or the members' object, go by; a list is marked by {@code ]}. */
    private final Deque<Character> open = new ArrayDeque<>();

    private final Deque<String> names = new ArrayDeque<>();
    private String name = "";
    private @Nullable String text;
    private boolean isScalar;
    private boolean wasText;
    private boolean isStarted;

    JsonEvents(Window window) throws IOException {
        this.window = window;
        json = JSON.createParser(window);
    }

    @Override
    public Step next() throws Refused, IOException {
        try {
            return step();
        } catch (StreamConstraintsException beyond) {
            throw new Refused(Reason.FILE_FORM, "JSON beyond the limits of depth or length");
        } catch (JsonParseException fault) {
            String hint = String.valueOf(fault.getOriginalMessage()).startsWith("Duplicate field")
                    ? "a name twice in one object"
                    : "not well-formed JSON";
            throw new Refused(
                    Reason.FILE_FORM, hint + " at line " + fault.getLocation().getLineNr());
        } catch (JsonProcessingException fault) {
            throw new Refused(Reason.FILE_FORM, "JSON that breaks off");
        } catch (java.nio.charset.CharacterCodingException fault) {
            throw new Refused(Reason.CHARSET, "bytes outside the charset");
        }
    }

    private Step step() throws Refused, IOException {
        if (isScalar) {
            if (!wasText) {
                wasText = true;
                return Step.TEXT;
            }
            isScalar = false;
            return Step.END;
        }
        while (true) {
            JsonToken token = json.nextToken();
            if (token == null) {
                if (!isStarted || !open.isEmpty()) {
                    throw new Refused(Reason.FILE_FORM, "no whole JSON document");
                }
                return Step.DONE;
            }
            if (isStarted && open.isEmpty()) {
                throw new Refused(Reason.FILE_FORM, "something follows the JSON document");
            }
            isStarted = true;
            switch (token) {
                case FIELD_NAME -> name = json.currentName();
                case START_ARRAY -> {
                    if (!open.isEmpty() && open.peek() == ']') {
                        throw new Refused(Reason.FILE_FORM, "a list in a list");
                    }
                    open.push(']');
                    names.push(name);
                }
                case END_ARRAY -> {
                    open.pop();
                    names.pop();
                }
                case START_OBJECT -> {
                    name = listed();
                    open.push('}');
                    names.push("");
                    return Step.START;
                }
                case END_OBJECT -> {
                    open.pop();
                    names.pop();
                    return Step.END;
                }
                default -> {
                    name = listed();
                    text = token == JsonToken.VALUE_NULL ? null : json.getText();
                    isScalar = true;
                    wasText = false;
                    return Step.START;
                }
            }
        }
    }

    /** Items go by the name of their list. */
    private String listed() {
        return !open.isEmpty() && open.peek() == ']' ? String.valueOf(names.peek()) : name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String text() {
        return text;
    }

    @Override
    public Iterable<Node> attributes() {
        return List.of();
    }

    @Override
    public long start() {
        return json.currentTokenLocation().getCharOffset();
    }

    @Override
    public long end() {
        return json.currentLocation().getCharOffset();
    }

    @Override
    public String closing() {
        StringBuilder closing = new StringBuilder();
        boolean isOuter = false;
        for (char bracket : open) {
            if (isOuter || isScalar) {
                closing.append(bracket);
            }
            isOuter = true;
        }
        return closing.toString();
    }

    @Override
    public void close() throws IOException {
        json.close();
        window.close();
    }
}
