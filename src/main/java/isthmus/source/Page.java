package isthmus.source;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import isthmus.model.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of one chunk as JSON lines; every piece's own bytes are a slice of it, cut out only when asked for. */
final class Page {
    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final JsonGenerator json;
    private final Names names;
    private byte @Nullable [] whole;

    Page(Layout layout) {
        names = new Names(layout);
        try {
            json = JSON.createGenerator(out, JsonEncoding.UTF8);
            json.setRootValueSeparator(new SerializedString("\n"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    int size() {
        return out.size();
    }

    /** Writes a row and promises its bytes, which can be asked for once the page is closed. */
    Supplier<byte[]> add(@Nullable String[] values, List<List<@Nullable String[]>> children) {
        try {
            int start = out.size() == 0 ? 0 : out.size() + 1;
            json.writeStartObject();
            write(values, names);
            for (int i = 0; i < children.size(); i++) {
                json.writeFieldName(names.childNames[i]);
                json.writeStartArray();
                for (@Nullable String[] child : children.get(i)) {
                    json.writeStartObject();
                    write(child, names.children[i]);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.flush();
            int end = out.size();
            return () -> Arrays.copyOfRange(whole(), start, end);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void write(@Nullable String[] values, Names names) throws IOException {
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(names.columns[i]);
            json.writeString(values[i]);
        }
    }

    byte[] close() {
        whole = out.toByteArray();
        return whole;
    }

    private byte[] whole() {
        if (whole == null) {
            throw new IllegalStateException("the page is still being written");
        }
        return whole;
    }

    /** Column names, encoded once. */
    private static final class Names {
        final SerializedString[] columns;
        final SerializedString[] childNames;
        final Names[] children;

        Names(Layout layout) {
            columns = encoded(layout.columns());
            childNames = encoded(layout.childNames());
            children = layout.childNames().stream()
                    .map(child -> new Names(java.util.Objects.requireNonNull(layout.child(child))))
                    .toArray(Names[]::new);
        }

        private static SerializedString[] encoded(List<String> names) {
            return names.stream().map(SerializedString::new).toArray(SerializedString[]::new);
        }
    }
}
