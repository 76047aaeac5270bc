package isthmus.audit.proof;

/** The one form of JSON in which the log is written: known fields in their order, no blank, strings escaped as RFC 8785 says. */
final class Json {
    private static final String ESCAPED = "\"\\bfnrt";
    private static final String MEANT = "\"\\\b\f\n\r\t";

    private final String text;
    private int at;

    /** Reads a document from its beginning. */
    Json(String text) {
        this.text = text;
    }

    /** Not the form; the message says where. */
    static final class Malformed extends RuntimeException {
        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    /** Writes a string. */
    static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            int escape = MEANT.indexOf(c);
            if (escape >= 0) {
                out.append('\\').append(ESCAPED.charAt(escape));
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Exactly this comes next. */
    Json literal(String literal) {
        if (!text.startsWith(literal, at)) {
            throw new Malformed("no " + literal + " at character " + (at + 1));
        }
        at += literal.length();
        return this;
    }

    String string() {
        literal("\"");
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        literal("\"");
        return string.toString();
    }

    private char escaped() {
        char kind = at < text.length() ? text.charAt(at++) : ' ';
        int known = ESCAPED.indexOf(kind);
        if (known >= 0) {
            return MEANT.charAt(known);
        }
        if (kind == 'u' && at + 4 <= text.length()) {
            try {
                int point = Integer.parseInt(text, at, at + 4, 16);
                at += 4;
                return (char) point;
            } catch (NumberFormatException noHex) {
                throw new Malformed("an escape that is none at character " + at);
            }
        }
        throw new Malformed("an escape that is none at character " + at);
    }

    long number() {
        int from = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        try {
            return Long.parseLong(text, from, at, 10);
        } catch (NumberFormatException none) {
            throw new Malformed("no number at character " + (from + 1));
        }
    }

    void end() {
        if (at != text.length()) {
            throw new Malformed("more than a document from character " + (at + 1) + " on");
        }
    }
}
