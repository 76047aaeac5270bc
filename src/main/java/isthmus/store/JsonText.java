package isthmus.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cuts canonical JSON (RFC 8785: no blanks, sorted keys) into its raw members without reading any number. */
final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** The members of an object, each value as its raw text. */
    static SortedMap<String, String> members(String object) {
        JsonText json = new JsonText(object);
        SortedMap<String, String> members = new TreeMap<>();
        json.expect('{');
        if (json.peek() == '}') {
            return members;
        }
        do {
            String quoted = json.value();
            json.expect(':');
            members.put(quoted.substring(1, quoted.length() - 1), json.value());
        } while (json.next() == ',');
        return members;
    }

    static SortedMap<String, String> members(byte[] object) {
        return members(new String(object, StandardCharsets.UTF_8));
    }

    /** The elements of an array, each as its raw text. */
    static List<String> elements(String array) {
        JsonText json = new JsonText(array);
        List<String> elements = new ArrayList<>();
        json.expect('[');
        if (json.peek() == ']') {
            return elements;
        }
        do {
            elements.add(json.value());
        } while (json.next() == ',');
        return elements;
    }

    /** Writes members in the order of their names. */
    static void write(StringBuilder out, SortedMap<String, String> members) {
        char before = '{';
        for (var member : members.entrySet()) {
            out.append(before).append('"').append(member.getKey()).append("\":").append(member.getValue());
            before = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private String value() {
        int start = at;
        int depth = 0;
        do {
            char c = next();
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (depth == 0) {
                skipLiteral();
            }
        } while (depth > 0);
        return text.substring(start, at);
    }

    private void skipString() {
        char c = next();
        while (c != '"') {
            if (c == '\\') {
                at++;
            }
            c = next();
        }
    }

    private void skipLiteral() {
        while (at < text.length() && ",}]:".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("JSON ends at character " + at);
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new IllegalArgumentException("not canonical JSON: no " + wanted + " at character " + (at - 1));
        }
    }
}
