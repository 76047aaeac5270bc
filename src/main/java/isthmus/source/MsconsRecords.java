package isthmus.source;

import isthmus.model.Layout;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks the segments of an MSCONS interchange: UNB, messages of LOC, LIN, PIA and QTY with DTM and STS, UNZ. */
final class MsconsRecords implements Records {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_TEXT = Window.MOST;

    /** What stands before the profiles of a message, and is kept with every one of them. */
    private static final int LONGEST_HEAD = 1 << 16;

    private static final List<String> OF_INTERCHANGE = List.of("SENDER", "RECEIVER", "INTERCHANGE");

    private final Segments segments;
    private final Layout layout;
    private final Charset charset;
    private final String name;
    private final @Nullable Layout row;
    private final Map<String, String> said = new HashMap<>();
    private StringBuilder interchange = new StringBuilder();
    private StringBuilder message = new StringBuilder();
    private StringBuilder place = new StringBuilder();
    private StringBuilder profile = new StringBuilder();
    private List<Map<String, String>> rows = new ArrayList<>();
    private @Nullable Piece current;
    private String created = "";
    private boolean hasProfile;
    private boolean hasSegment;
    private boolean isClosed;
    private boolean isMiscounted;
    private boolean isForm;
    private long inMessage;
    private long messages;
    private long ordinal;

    MsconsRecords(Segments segments, Layout layout, Charset charset, String name) throws Refused, IOException {
        this.segments = segments;
        this.layout = layout;
        this.charset = charset;
        this.name = name;
        row = layout.child("values");
        hasSegment = segments.advance();
        if (hasSegment && segments.tag().equals("UNA")) {
            hasSegment = segments.advance();
        }
        isForm = hasSegment && segments.tag().equals("UNB");
    }

    @Override
    public boolean advance() throws Refused, IOException {
        if (!isForm) {
            throw new Refused(Reason.FILE_FORM, "the first segment is not UNB");
        }
        current = null;
        while (hasSegment && current == null) {
            inMessage++;
            segment(segments.tag());
            if (message.length() + place.length() > LONGEST_HEAD || profile.length() > MOST_TEXT) {
                throw new Refused(Reason.LINE_LENGTH, "more segments around a load profile, or in it, than are kept");
            }
            hasSegment = segments.advance();
        }
        if (current == null && hasProfile) {
            finish();
        }
        if (current == null && !isClosed && segments.mustEnd()) {
            throw new Refused(Reason.FILE_SHORT, "the last segment is not UNZ");
        }
        return current != null;
    }

    private void segment(String tag) throws Refused {
        switch (tag) {
            case "UNB" -> {
                if (!interchange.isEmpty() && !isClosed) {
                    throw new Refused(Reason.FILE_FORM, "an interchange within another");
                }
                said.clear();
                message = new StringBuilder();
                place = new StringBuilder();
                interchange = new StringBuilder(segments.raw());
                messages = 0;
                isClosed = false;
                said.put("SENDER", segments.get(2, 1));
                said.put("RECEIVER", segments.get(3, 1));
                said.put("INTERCHANGE", segments.get(5, 1));
            }
            case "UNH" -> {
                if (!segments.get(2, 1).equals("MSCONS")) {
                    throw new Refused(Reason.FILE_FORM, "a message that is no MSCONS");
                }
                finish();
                // Nothing that an earlier message said holds in this one.
                said.keySet().retainAll(OF_INTERCHANGE);
                place = new StringBuilder();
                message = new StringBuilder(segments.raw());
                inMessage = 1;
                messages++;
                said.put("MESSAGE", segments.get(1, 1));
            }
            case "BGM" -> head("DOCUMENT", segments.get(2, 1));
            case "NAD" -> place();
            case "LOC" -> location();
            case "LIN" -> {
                finish();
                profile = new StringBuilder(segments.raw());
                hasProfile = true;
                said.put("PRODUCT", "");
            }
            case "PIA" -> {
                said.put("PRODUCT", segments.get(2, 1));
                profile.append(segments.raw());
            }
            case "QTY" -> quantity();
            case "DTM" -> time();
            case "STS" -> ofRow("STATUS", segments.get(2, 1));
            case "UNT" -> {
                finish();
                isMiscounted |= !segments.get(1, 1).equals(Long.toString(inMessage));
            }
            case "UNZ" -> close(segments.get(1, 1), segments.get(2, 1));
            case "UNA" -> inMessage--;
            default -> (hasProfile ? profile : message).append(segments.raw());
        }
    }

    private void head(String column, String text) {
        said.put(column, text);
        message.append(segments.raw());
    }

    /** A delivery point begins the next place; the parties before it belong to the message. */
    private void place() {
        if (segments.get(1, 1).equals("DP")) {
            finish();
            place = new StringBuilder(segments.raw());
            said.put("LOCATION", "");
        } else {
            message.append(segments.raw());
        }
    }

    private void location() {
        finish();
        said.put("LOCATION", segments.get(2, 1));
        place.append(segments.raw());
    }

    private void quantity() throws Refused {
        if (!hasProfile) {
            throw new Refused(Reason.FILE_FORM, "a quantity before any load profile of its place");
        }
        Map<String, String> quantity = new HashMap<>();
        quantity.put("QUALIFIER", segments.get(1, 1));
        quantity.put("VALUE", segments.get(1, 2).replace(',', '.'));
        quantity.put("UNIT", segments.get(1, 3));
        rows.add(quantity);
        profile.append(segments.raw());
        if (rows.size() > MOST_ROWS) {
            throw new Refused(Reason.LINE_LENGTH, "a load profile of more than " + MOST_ROWS + " quantities");
        }
    }

    private void time() {
        String kind = segments.get(1, 1);
        String text = segments.get(1, 2);
        if (kind.equals("137")) {
            created = text;
            head("CREATED", text);
        } else if (rows.isEmpty()) {
            (hasProfile ? profile : place).append(segments.raw());
        } else {
            ofRow(kind.equals("163") ? "FROM" : kind.equals("164") ? "TO" : "", text);
        }
    }

    private void ofRow(String column, String text) {
        if (!rows.isEmpty()) {
            rows.get(rows.size() - 1).put(column, text);
        }
        profile.append(segments.raw());
    }

    private void close(String declared, String reference) throws Refused {
        finish();
        isClosed = true;
        if (!declared.equals(Long.toString(messages)) || !reference.equals(said.get("INTERCHANGE"))) {
            throw new Refused(Reason.TRAILER_COUNT, "UNZ is not that of an interchange of " + messages + " messages");
        }
    }

    /** Makes the record of the profile that ends here. */
    private void finish() {
        if (!hasProfile) {
            return;
        }
        hasProfile = false;
        ordinal++;
        @Nullable String[] values = values(layout, said);
        List<List<@Nullable String[]>> children = new ArrayList<>();
        for (String child : layout.childNames()) {
            List<@Nullable String[]> cells = new ArrayList<>();
            if (child.equals("values") && row != null) {
                rows.forEach(quantity -> cells.add(values(row, quantity)));
            }
            children.add(cells);
        }
        byte[] kept = (interchange.toString() + message + place + profile).getBytes(StandardCharsets.ISO_8859_1);
        Outcome.Rejected refusal = rows.isEmpty()
                ? new Outcome.Rejected(Reason.LIST_EMPTY, "values", "a load profile without quantities")
                : null;
        current = new Piece(values, children, ordinal, name + ":" + ordinal, () -> kept, refusal);
        rows = new ArrayList<>();
        profile = new StringBuilder();
    }

    private static @Nullable String[] values(Layout layout, Map<String, String> said) {
        @Nullable String[] values = new String[layout.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = said.get(layout.columns().get(i));
        }
        return values;
    }

    String created() {
        return created;
    }

    /** True when a message declared another number of segments than it holds. */
    boolean isMiscounted() {
        return isMiscounted;
    }

    @Override
    public long ordinal() {
        return ordinal;
    }

    @Override
    public Piece piece(Slices slices) {
        Piece piece = java.util.Objects.requireNonNull(current, "no record is open");
        byte[] bytes = piece.bytes().get();
        slices.add(bytes, 0, bytes.length);
        return piece;
    }

    @Override
    public void close() throws IOException {
        segments.close();
    }
}
