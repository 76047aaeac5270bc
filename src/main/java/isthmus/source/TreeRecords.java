package isthmus.source;

import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a document: what lies at one path of it, each small enough to be held as a whole. */
final class TreeRecords implements Records {
    private static final int MOST_NODES = 200_000;
    private static final int LONGEST_PREFIX = 1 << 16;

    private final TreeEvents events;
    private final Window window;
    private final TreeContract contract;
    private final String path;
    private final Charset charset;
    private final String name;
    private final long done;
    private final Set<String> around;
    private final Map<String, String> context = new HashMap<>();
    private final List<String> above = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private String at = "";
    private @Nullable String prefix;
    private boolean isStale;
    private Node record = new Node("");
    private String raw = "";
    private String closing = "";
    private long ordinal;
    private long begin;
    private int nodes;

    /**
     * Nothing is read yet.
     *
     * @param path from the root, {@code /a/b}
     * @param done as many records are passed over
     */
    TreeRecords(
            TreeEvents events,
            Window window,
            TreeContract contract,
            String path,
            Charset charset,
            String name,
            long done) {
        this.events = events;
        this.window = window;
        this.contract = contract;
        this.path = path;
        this.charset = charset;
        this.name = name;
        this.done = done;
        around = new HashSet<>(contract.around());
    }

    @Override
    public boolean advance() throws Refused, IOException {
        while (true) {
            switch (events.next()) {
                case START -> {
                    noteHeard();
                    above.add(at);
                    at = (at.equals("/") ? "" : at) + "/" + events.name();
                    if (at.equals(path)) {
                        take();
                        if (ordinal > done) {
                            return true;
                        }
                        continue;
                    }
                    for (Node attribute : events.attributes()) {
                        note(at + "/@" + attribute.name(), attribute.text());
                    }
                    forget();
                }
                case TEXT -> hear(events.text());
                case END -> {
                    noteHeard();
                    at = above.remove(above.size() - 1);
                }
                case DONE -> {
                    return false;
                }
            }
        }
    }

    /** A text comes in parts, where a comment or a CDATA section stands in it. */
    private void hear(@Nullable String part) {
        if (part != null && around.contains(at)) {
            heard.append(part);
        }
    }

    private void noteHeard() {
        if (!heard.isEmpty()) {
            note(at, heard.toString());
            heard.setLength(0);
        }
    }

    private void note(String where, @Nullable String text) {
        if (around.contains(where) && text != null && !text.isBlank()) {
            isStale |= prefix != null && !text.equals(context.get(where));
            context.put(where, text);
        }
    }

    private void forget() {
        if (prefix != null) {
            window.forget(events.start());
        } else if (events.start() > LONGEST_PREFIX) {
            prefix = "";
            isStale = true;
        }
    }

    private void take() throws Refused, IOException {
        long start = events.start();
        begin = start;
        closing = events.closing();
        if (prefix == null) {
            prefix = window.slice(0, start);
        }
        window.forget(start);
        nodes = 0;
        record = read();
        at = above.remove(above.size() - 1);
        long end = events.end();
        String slice = window.slice(start, end);
        if (slice == null || window.isFull()) {
            throw new Refused(Reason.LINE_LENGTH, "a record is longer than " + Window.MOST + " characters");
        }
        raw = slice;
        window.forget(end);
        ordinal++;
    }

    private Node read() throws Refused, IOException {
        Node node = new Node(events.name());
        int from = (int) (events.start() - begin);
        if (++nodes > MOST_NODES || window.isFull()) {
            throw new Refused(Reason.LINE_LENGTH, "a record holds more than " + MOST_NODES + " values, or is too long");
        }
        events.attributes().forEach(node::add);
        StringBuilder text = new StringBuilder();
        boolean isNull = false;
        while (true) {
            switch (events.next()) {
                case START -> node.add(read());
                case TEXT -> {
                    String said = events.text();
                    isNull |= said == null;
                    text.append(said == null ? "" : said);
                }
                default -> {
                    node.lies(from, (int) (events.end() - begin));
                    node.say(isNull || !node.isLeaf() ? null : text.toString());
                    return node;
                }
            }
        }
    }

    /** The current record as it is. */
    Node node() {
        return record;
    }

    /** The current record's own text. */
    String raw() {
        return raw;
    }

    /** The document as if it held one record only, which it can be cut from again. */
    byte[] kept(String records) {
        String head = prefix == null || isStale ? "" : prefix;
        String whole = head.isEmpty() ? records : head + records + closing;
        return whole.getBytes(charset);
    }

    @Override
    public long ordinal() {
        return ordinal;
    }

    @Override
    public Piece piece(Slices slices) {
        TreeContract.Cut cut = contract.cut(record, context);
        byte[] bytes = kept(raw);
        return new Piece(
                cut.values(),
                cut.children(),
                ordinal,
                name + ":" + ordinal,
                slices.add(bytes, 0, bytes.length),
                cut.refusal());
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
