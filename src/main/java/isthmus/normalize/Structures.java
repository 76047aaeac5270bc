package isthmus.normalize;

import isthmus.catalog.FieldSpec.Presence;
import isthmus.model.Reason;
import isthmus.model.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations that hold others: objects, lists, conditions and defaults. */
final class Structures {
    private static final byte[] NULL = Bytes.of("null");

    private Structures() {}

    /**
     * A member of an object.
     *
     * @param needed true when there is no object without it
     */
    record Member(String name, Presence presence, boolean needed, Place place, Value value) {}

    /** Members in the order of their names; an object of nothing is no value. */
    static Value object(List<Member> sorted) {
        Member[] members = sorted.toArray(Member[]::new);
        byte[][] names = new byte[members.length][];
        for (int i = 0; i < members.length; i++) {
            names[i] = Bytes.of("\"" + members[i].name() + "\":");
        }
        return (row, desk) -> {
            Bytes out = desk.out;
            out.add('{');
            int flags = desk.quality().size();
            int refs = desk.refs().size();
            boolean first = true;
            boolean incomplete = false;
            Place missing = null;
            for (int i = 0; i < members.length; i++) {
                int mark = out.length;
                if (!first) {
                    out.add(',');
                }
                out.add(names[i]);
                int from = out.length;
                Member member = members[i];
                if (member.value().write(row, desk)) {
                    first = false;
                } else if (member.presence() == Presence.NULLABLE) {
                    out.length = from;
                    out.add(NULL);
                    first = false;
                } else {
                    out.length = mark;
                    if (member.needed()) {
                        incomplete = true;
                    } else if (member.presence() == Presence.REQUIRED && missing == null) {
                        missing = member.place();
                    }
                }
            }
            if (incomplete) {
                desk.forget(flags, refs);
                return false;
            }
            if (missing != null) {
                throw missing.refuse(Reason.FIELD_MISSING, desk);
            }
            out.add('}');
            return !first;
        };
    }

    /** A fixed list of items; those without a value are left out. */
    static Value list(List<Value> items, int atLeast, Place place) {
        Value[] all = items.toArray(Value[]::new);
        return (row, desk) -> {
            Bytes out = desk.out;
            out.add('[');
            int outer = desk.index;
            int count = 0;
            for (Value item : all) {
                int mark = out.length;
                if (count > 0) {
                    out.add(',');
                }
                desk.index = count;
                if (item.write(row, desk)) {
                    count++;
                } else {
                    out.length = mark;
                }
            }
            desk.index = outer;
            return close(count, atLeast, desk, place);
        };
    }

    /** What is done after each item of a list of child rows: sums and line checks. */
    interface AfterItem {
        void run(Desk desk);
    }

    /**
     * A list with an item for each child row.
     *
     * @param where column that must hold the text is, or -1
     * @param emptyIsNone true when an empty list is no value
     */
    static Value each(
            int child,
            int where,
            String is,
            Value item,
            int atLeast,
            boolean emptyIsNone,
            AfterItem[] after,
            Place place) {
        return (row, desk) -> {
            Bytes out = desk.out;
            out.add('[');
            int count = 0;
            List<@Nullable String[]> rows = desk.piece().children().get(child);
            for (int i = 0; i < rows.size(); i++) {
                @Nullable String[] line = rows.get(i);
                if (where >= 0 ? !is.equals(trimmed(line[where])) : isNothing(line)) {
                    continue;
                }
                int mark = out.length;
                if (count > 0) {
                    out.add(',');
                }
                desk.index = count;
                if (item.write(line, desk)) {
                    for (AfterItem next : after) {
                        next.run(desk);
                    }
                    count++;
                } else {
                    out.length = mark;
                }
            }
            desk.index = 0;
            return close(count, atLeast, desk, place) && !(emptyIsNone && count == 0);
        };
    }

    // The outer join of a parent without children gives one row of nothing but nulls.
    private static boolean isNothing(@Nullable String[] line) {
        for (String value : line) {
            if (value != null) {
                return false;
            }
        }
        return true;
    }

    private static boolean close(int count, int atLeast, Desk desk, Place place) {
        if (count < atLeast) {
            throw place.refuse(Reason.LIST_EMPTY, desk);
        }
        desk.out.add(']');
        return true;
    }

    /** The value only when all columns hold something that is not a placeholder. */
    static Value when(int[] columns, Value value) {
        return (row, desk) -> {
            for (int column : columns) {
                String text = trimmed(row[column]);
                if (text.isEmpty() || Cleaner.isSentinel(text)) {
                    return false;
                }
            }
            return value.write(row, desk);
        };
    }

    static Value otherwise(Value value, byte[] fallback) {
        return (row, desk) -> {
            int from = desk.out.length;
            if (!value.write(row, desk)) {
                desk.out.length = from;
                desk.out.add(fallback);
            }
            return true;
        };
    }

    static Value constant(byte[] json) {
        return (row, desk) -> {
            desk.out.add(json);
            return true;
        };
    }

    static Value nothing() {
        return (row, desk) -> false;
    }

    static String trimmed(@Nullable String text) {
        return text == null ? "" : Text.trim(text);
    }
}
