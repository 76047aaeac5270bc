package isthmus.source;

import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import isthmus.model.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The segments of an EDIFACT interchange, each with its elements, their components, and its own text. */
final class Segments implements Closeable {
    private static final int MOST_ELEMENTS = 200;

    private final Window window;
    private final EDIStreamReader reader;
    private final Charset charset;
    private final boolean isWhole;
    private final List<List<String>> elements = new ArrayList<>();
    private String tag = "";
    private String raw = "";
    private long from;

    /** @param isWhole false for a part that may end anywhere */
    Segments(InputStream in, Charset charset, boolean isWhole) throws Refused {
        this.charset = charset;
        this.isWhole = isWhole;
        // Byte by byte, so that places in the text are places in the file, whatever the charset.
        window = new Window(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        EDIInputFactory factory = EDIInputFactory.newFactory();
        // What a message declares is compared here, and told; the parser would end the reading.
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, false);
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_CODE_VALUES, false);
        try {
            reader = factory.createEDIStreamReader(new Latin(window), StandardCharsets.ISO_8859_1.name());
        } catch (EDIStreamException fault) {
            throw new Refused(Reason.FILE_FORM, "no EDIFACT interchange");
        }
    }

    /** Goes to the next segment; false at the end of the interchange. */
    boolean advance() throws Refused, IOException {
        elements.clear();
        int at = -1;
        try {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case START_SEGMENT -> {
                        tag = reader.getText();
                        elements.clear();
                    }
                    case START_COMPOSITE -> {
                        at = open(reader.getLocation().getElementPosition());
                    }
                    case END_COMPOSITE -> at = -1;
                    case ELEMENT_DATA -> {
                        int element = at >= 0 ? at : open(reader.getLocation().getElementPosition());
                        component(element, Math.max(1, reader.getLocation().getComponentPosition()));
                    }
                    case END_SEGMENT -> {
                        keepText();
                        return true;
                    }
                    default -> {
                        // Loops, groups and what the parser would complain of are not asked for here.
                    }
                }
            }
            return false;
        } catch (EDIStreamException fault) {
            if (isWhole) {
                throw new Refused(Reason.FILE_SHORT, "the interchange breaks off, or is no EDIFACT, behind " + tag);
            }
            return false;
        } catch (java.util.NoSuchElementException ended) {
            return false;
        }
    }

    private int open(int position) throws Refused {
        if (position > MOST_ELEMENTS) {
            throw new Refused(Reason.FILE_FORM, "a segment with more than " + MOST_ELEMENTS + " elements");
        }
        while (elements.size() < position) {
            elements.add(new ArrayList<>());
        }
        return position - 1;
    }

    private void component(int element, int position) throws Refused {
        List<String> components = elements.get(element);
        if (position > MOST_ELEMENTS) {
            throw new Refused(Reason.FILE_FORM, "an element with more than " + MOST_ELEMENTS + " components");
        }
        while (components.size() < position) {
            components.add("");
        }
        components.set(position - 1, decoded(reader.getText()));
    }

    private String decoded(String latin) throws Refused {
        if (latin.chars().allMatch(c -> c < 0x80)) {
            return latin;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException fault) {
            throw new Refused(Reason.CHARSET, "expected " + charset);
        }
    }

    private void keepText() throws Refused {
        if (tag.equals("UNA")) {
            // The parser has read ahead by then; the service string stays with the segment that follows it.
            return;
        }
        long to = reader.getLocation().getCharacterOffset();
        String slice = window.slice(from, to);
        if (slice == null || window.isFull()) {
            throw new Refused(Reason.LINE_LENGTH, "a segment is longer than " + Window.MOST + " bytes");
        }
        raw = slice;
        from = to;
        window.forget(to);
    }

    /** False for a part that may end anywhere. */
    boolean mustEnd() {
        return isWhole;
    }

    String tag() {
        return tag;
    }

    /** The segment as it was received, one character a byte. */
    String raw() {
        return raw;
    }

    /** A component, both counted from 1; empty when the segment has it not. */
    String get(int element, int component) {
        return element <= elements.size()
                        && component <= elements.get(element - 1).size()
                ? elements.get(element - 1).get(component - 1)
                : "";
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    /** The window's characters as the bytes that they were. */
    private static final class Latin extends InputStream {
        private final Window window;
        private final char[] one = new char[1];
        private char[] many = new char[1 << 12];

        Latin(Window window) {
            this.window = window;
        }

        @Override
        public int read() throws IOException {
            return window.read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (many.length < length) {
                many = new char[length];
            }
            int read = window.read(many, 0, length);
            for (int i = 0; i < read; i++) {
                target[offset + i] = (byte) many[i];
            }
            return read;
        }
    }
}
