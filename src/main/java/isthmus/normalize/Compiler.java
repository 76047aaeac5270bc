package isthmus.normalize;

import isthmus.catalog.FieldSpec;
import isthmus.catalog.FieldSpec.Conversion;
import isthmus.catalog.FieldSpec.Presence;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.MappingSpec.Check;
import isthmus.model.Layout;
import isthmus.model.Reason;
import isthmus.model.Urn;
import isthmus.normalize.Structures.AfterItem;
import isthmus.normalize.Structures.Member;
import isthmus.security.Fingerprints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a mapping into operations over the column positions of one layout. */
final class Compiler {
    private static final int LONGEST_TEXT = 512;
    private static final long SAFE_INTEGER = (1L << 53) - 1;

    private final String org;
    private final LegacySystem system;
    private final MappingSpec spec;
    private final Layout layout;
    private final Fingerprints fingerprints;
    private final Slots slots;
    private final Checks checks = new Checks();

    Compiler(String org, LegacySystem system, MappingSpec spec, Layout layout, Fingerprints fingerprints) {
        this.org = org;
        this.system = system;
        this.spec = spec;
        this.layout = layout;
        this.fingerprints = fingerprints;
        this.slots = new Slots(spec);
    }

    Table compile() {
        Steps steps = steps();
        List<Member> extra = new ArrayList<>();
        extra.add(new Member("id", Presence.REQUIRED, false, Place.of("/id", ""), (row, desk) -> {
            desk.out.quoted(String.valueOf(desk.urns[Slots.SCRATCH]));
            return true;
        }));
        if (steps != null) {
            extra.addAll(steps.members(slots.size()));
        }
        Value body = object(spec.fields(), extra, layout, "", Place.of("", ""), List.of());
        KeyTemplate id = new KeyTemplate(Urn.prefix(org, system.name(), spec.entity()), spec.id(), layout, null);
        return new Table(spec, layout, slots, id, steps, body, checks.atEnd(), fingerprints);
    }

    private @Nullable Steps steps() {
        if (spec.curve() != null) {
            return new Curve(spec.curve(), layout);
        }
        return spec.points() == null ? null : new Points(spec.points(), layout);
    }

    private Value object(
            List<FieldSpec> fields, List<Member> extra, Layout columns, String base, Place place, List<String> needs) {
        Map<String, List<FieldSpec>> byName = new LinkedHashMap<>();
        for (FieldSpec field : fields) {
            int slash = field.path().indexOf('/');
            String name = slash < 0 ? field.path() : field.path().substring(0, slash);
            byName.computeIfAbsent(name, key -> new ArrayList<>()).add(field);
        }
        List<Member> members = new ArrayList<>(extra);
        byName.forEach((name, inside) -> {
            FieldSpec first = inside.get(0);
            boolean direct = first.path().equals(name);
            Place at = place.member(name, String.join(", ", first.columns()));
            Value value = direct
                    ? value(first, columns, base + name, at, needs.contains(name))
                    : object(inner(inside, name), List.of(), columns, base + name + "/", at, List.of());
            Presence presence = direct ? first.presence() : Presence.REQUIRED;
            members.add(new Member(name, presence, needs.contains(name), at, value));
        });
        members.sort(Comparator.comparing(Member::name));
        return Structures.object(members);
    }

    private static List<FieldSpec> inner(List<FieldSpec> fields, String name) {
        return fields.stream()
                .map(field -> new FieldSpec(
                        field.path().substring(name.length() + 1),
                        field.presence(),
                        field.conversion(),
                        field.columns(),
                        field.word(),
                        field.options(),
                        field.table(),
                        field.key(),
                        field.members(),
                        field.line()))
                .toList();
    }

    private Value value(FieldSpec field, Layout columns, String path, Place place, boolean needed) {
        Value value = bare(field, columns, path, place, needed);
        String earlier = Slots.earlier(field);
        if (earlier != null) {
            checks.order(slots.of(path), slots.of(earlier), field.option("after") == null, place);
        }
        List<String> when = field.options().getOrDefault("when", List.of());
        if (!when.isEmpty()) {
            value = Structures.when(when.stream().mapToInt(columns::indexOf).toArray(), value);
        }
        String fallback = field.option("default");
        return fallback == null
                ? value
                : Structures.otherwise(value, literal(fallback, field.conversion() == Conversion.BOOLEAN));
    }

    private Value bare(FieldSpec field, Layout columns, String path, Place place, boolean needed) {
        int column =
                field.columns().isEmpty() ? -1 : columns.indexOf(field.columns().get(0));
        int slot = slots.of(path);
        return switch (field.conversion()) {
            case KEY -> Texts.key(column, place);
            case TEXT -> Texts.text(column, (int) number(field, "max", LONGEST_TEXT), place);
            case RAW -> Texts.raw(column, place);
            case NAME -> Texts.name(column, pattern(field.option("placeholder")), place);
            case MATCH ->
                Texts.match(
                        column, Pattern.compile(text(field, "pattern")), text(field, "then"), text(field, "otherwise"));
            case ADDRESS -> Texts.address(column, field.option("role"), place);
            case CODE -> code(field, column, place);
            case BOOLEAN ->
                Texts.bool(
                        column,
                        List.copyOf(field.options().getOrDefault("yes", List.of())),
                        List.copyOf(field.options().getOrDefault("no", List.of())),
                        field.presence() == Presence.REQUIRED && field.option("default") == null,
                        place);
            case INTEGER ->
                Numbers.integer(column, number(field, "from", -SAFE_INTEGER), number(field, "to", SAFE_INTEGER), place);
            case MONEY -> Numbers.money(column, slot, place);
            case DECIMAL -> Numbers.decimal(column, slot, place);
            case PRICE -> Numbers.price(column, slot, place);
            case FACTOR -> Numbers.factor(column, slot, place);
            case DATE -> Times.dates(column, slot, place);
            case TIME -> Times.times(column, slot, place);
            case IDENTITY -> identity(field, columns, column, place);
            case PHONES -> contacts(field, columns, place);
            case REF -> ref(field, columns, slot, place, field.presence() == Presence.REQUIRED && !needed);
            case CONSTANT -> constant(field);
            case ZONE -> Structures.constant(literal(system.zone().getId(), false));
            case EACH -> each(field, path, place, needed);
            case LIST -> list(field, columns, path, place);
            case OBJECT ->
                object(
                        field.members(),
                        List.of(),
                        columns,
                        path + "/",
                        place,
                        field.options().getOrDefault("needs", List.of()));
        };
    }

    private static Value code(FieldSpec field, int column, Place place) {
        if (field.table() == null) {
            throw new IllegalStateException("a code without table at line " + field.line());
        }
        String unknown = field.option("unknown");
        return Texts.code(column, field.table(), unknown == null ? "other" : unknown, place);
    }

    private Value identity(FieldSpec field, Layout columns, int column, Place place) {
        if (field.table() == null) {
            throw new IllegalStateException("an identity without table at line " + field.line());
        }
        return new Identity(column, columns.indexOf(text(field, "type")), field.table(), fingerprints, place);
    }

    private static Value contacts(FieldSpec field, Layout columns, Place place) {
        String email = field.option("email");
        String area = field.option("area");
        int[] phones = field.columns().stream().mapToInt(columns::indexOf).toArray();
        return new Contacts(phones, email == null ? -1 : columns.indexOf(email), area == null ? "" : area, place);
    }

    private Value ref(FieldSpec field, Layout columns, int slot, Place place, boolean required) {
        String prefix = Urn.prefix(org, system.name(), String.valueOf(field.word()));
        KeyTemplate key = new KeyTemplate(prefix, field.key(), columns, place);
        boolean tracked = !"false".equals(field.option("tracked"));
        return (row, desk) -> {
            desk.out.add('"');
            int from = desk.out.length;
            int missing = key.write(row, desk);
            if (missing >= 0) {
                if (required) {
                    throw key.without(missing, desk);
                }
                return false;
            }
            if (tracked || slot != Slots.SCRATCH) {
                String urn = desk.out.ascii(from);
                if (tracked) {
                    desk.refer(place, urn);
                }
                if (slot != Slots.SCRATCH) {
                    desk.urns[slot] = urn;
                }
            }
            desk.out.add('"');
            return true;
        };
    }

    private static Value constant(FieldSpec field) {
        String as = field.option("as");
        return field.word() == null
                ? Structures.nothing()
                : Structures.constant(literal(field.word(), as != null && !as.equals("text")));
    }

    private Value each(FieldSpec field, String path, Place place, boolean needed) {
        String child = String.valueOf(field.word());
        Layout columns = layout.child(child);
        if (columns == null) {
            throw new IllegalStateException("no child table " + child);
        }
        String where = field.option("where");
        int whereColumn = where == null ? -1 : columns.indexOf(where.substring(0, where.indexOf(' ')));
        String is = where == null ? "" : where.substring(where.lastIndexOf(' ') + 1);
        Value item = object(field.members(), List.of(), columns, path + "/", place.item(""), List.of());
        List<AfterItem> after = new ArrayList<>();
        for (Check check : spec.checks()) {
            if (check.factors().get(0).startsWith(path + "/")) {
                after.add(afterItem(check, path, place));
            }
        }
        int atLeast = (int) number(field, "atLeast", 0);
        AfterItem[] all = after.toArray(AfterItem[]::new);
        return Structures.each(layout.childIndexOf(child), whereColumn, is, item, atLeast, needed, all, place);
    }

    private AfterItem afterItem(Check check, String path, Place list) {
        int first = slots.of(check.factors().get(0));
        int target = slots.of(check.equal());
        if (check.sum()) {
            return checks.sum(first, target, Reason.valueOf(check.flag()), "/" + check.equal());
        }
        int second = slots.of(check.factors().get(1));
        Place place = list.item("").member(check.equal().substring(path.length() + 1), "");
        return Checks.product(first, second, target, check, place);
    }

    private Value list(FieldSpec field, Layout columns, String path, Place place) {
        List<Value> items = new ArrayList<>();
        for (FieldSpec item : field.members()) {
            items.add(value(item, columns, path, place.item(String.join(", ", item.columns())), false));
        }
        return Structures.list(items, (int) number(field, "atLeast", 0), place);
    }

    private static byte[] literal(String text, boolean bare) {
        Bytes out = new Bytes();
        if (bare) {
            out.plain(text);
        } else {
            out.quoted(text);
        }
        return out.copy(0);
    }

    private static long number(FieldSpec field, String option, long otherwise) {
        String value = field.option(option);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static String text(FieldSpec field, String option) {
        return String.valueOf(field.option(option));
    }

    private static @Nullable Pattern pattern(@Nullable String pattern) {
        return pattern == null ? null : Pattern.compile(pattern);
    }
}
