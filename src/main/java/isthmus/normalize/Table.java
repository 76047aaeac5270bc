package isthmus.normalize;

import isthmus.catalog.MappingSpec;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.model.Sequence;
import isthmus.normalize.Structures.AfterItem;
import isthmus.security.Fingerprints;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One compiled mapping: says a piece as a fact, or says why it cannot. Holds no state of a record. */
final class Table {
    private static final int LARGEST_BODY = 56 * 1024;

    private final MappingSpec spec;
    private final Slots slots;
    private final KeyTemplate id;
    private final @Nullable Steps steps;
    private final Value body;
    private final AfterItem[] checks;
    private final Fingerprints fingerprints;
    private final int changed;
    private final Place changedAt;
    private final int deleted;
    private final int[] required;
    private final String[] requiredText;
    private final int[] oneOf;
    private final int partition;
    private final int money;
    private final int energy;
    private final int[] valid = new int[2];
    private final int[] allOf;

    Table(
            MappingSpec spec,
            Layout layout,
            Slots slots,
            KeyTemplate id,
            @Nullable Steps steps,
            Value body,
            AfterItem[] checks,
            Fingerprints fingerprints) {
        this.spec = spec;
        this.slots = slots;
        this.id = id;
        this.steps = steps;
        this.body = body;
        this.checks = checks;
        this.fingerprints = fingerprints;
        String column = spec.changed().column();
        this.changed = column == null ? -1 : layout.indexOf(column);
        this.changedAt = Place.column(String.valueOf(column));
        this.deleted = spec.deletedWhen() == null
                ? -1
                : layout.indexOf(spec.deletedWhen().column());
        this.required =
                spec.require().keySet().stream().mapToInt(layout::indexOf).toArray();
        this.requiredText = spec.require().values().toArray(String[]::new);
        this.oneOf = spec.oneOf().stream().mapToInt(layout::indexOf).toArray();
        this.partition = slots.of(spec.partition());
        this.money = slots.of(spec.money());
        this.energy = slots.of(spec.energy());
        for (int end = 0; end < Math.min(valid.length, spec.valid().size()); end++) {
            valid[end] = slots.of(spec.valid().get(end));
        }
        this.allOf = spec.allOf().stream().mapToInt(layout::indexOf).toArray();
    }

    Outcome say(Piece piece, Desk desk, OffsetDateTime origin, Prints prints) {
        if (piece.refusal() != null) {
            return piece.refusal();
        }
        try {
            desk.begin(piece);
            return new Outcome.Accepted(fact(piece, desk, origin, prints));
        } catch (Refusal refusal) {
            return refusal.rejected().printed(prints.key(), prints.row());
        }
    }

    /** The hashes of a row, made once and shared by every entity that it is offered to. */
    interface Prints {
        String key();

        String row();
    }

    private Fact fact(Piece piece, Desk desk, OffsetDateTime origin, Prints prints) {
        @Nullable String[] row = piece.values();
        int missing = id.write(row, desk);
        if (missing >= 0) {
            throw id.without(missing, desk);
        }
        String urn = desk.out.ascii(0);
        desk.urns[Slots.SCRATCH] = urn;
        require(row, desk);
        OffsetDateTime time = origin;
        long milli = 0;
        long tie = 0;
        if (changed >= 0) {
            if (!Times.read(row[changed], desk, changedAt)) {
                throw changedAt.refuse(Reason.FIELD_MISSING, desk);
            }
            time = desk.moment.time();
            milli = desk.moment.epochMilli();
            tie = desk.moment.belowMilli();
        } else {
            milli = origin.toInstant().toEpochMilli();
        }
        String sequence = Sequence.of(milli, spec.changed().ordinal() ? piece.ordinal() : tie);
        desk.out.length = 0;
        boolean gone = isDeleted(row, desk);
        if (gone) {
            tombstone(urn, desk);
        } else {
            write(row, desk);
        }
        String aggregate = desk.urns[partition];
        return new Fact(
                urn,
                spec.entity(),
                gone ? Op.DELETE : Op.UPSERT,
                sequence,
                time,
                aggregate == null ? urn : aggregate,
                desk.out.copy(0),
                contentHash(desk),
                prints.key(),
                prints.row(),
                desk.refs(),
                desk.quality(),
                gone ? null : valid(desk, 0),
                gone ? null : valid(desk, 1),
                total(money, desk),
                gone || steps == null ? total(energy, desk) : total(desk.numbers[slots.size()]));
    }

    private void require(@Nullable String[] row, Desk desk) {
        for (int i = 0; i < required.length; i++) {
            if (!Structures.trimmed(row[required[i]]).equals(requiredText[i])) {
                String column = List.copyOf(spec.require().keySet()).get(i);
                throw Place.column(column).refuse(Reason.SCHEMA, desk);
            }
        }
        for (int i = 0; i < allOf.length; i++) {
            if (Structures.trimmed(row[allOf[i]]).isEmpty()) {
                throw Place.column(spec.allOf().get(i)).refuse(Reason.FIELD_MISSING, desk);
            }
        }
        boolean any = oneOf.length == 0;
        for (int column : oneOf) {
            any |= !Structures.trimmed(row[column]).isEmpty();
        }
        if (!any) {
            throw Place.column(String.join(", ", spec.oneOf())).refuse(Reason.REF_MISSING, desk);
        }
    }

    private boolean isDeleted(@Nullable String[] row, Desk desk) {
        MappingSpec.DeletedWhen when = spec.deletedWhen();
        String text = deleted < 0 ? "" : Structures.trimmed(row[deleted]);
        if (when == null || text.isEmpty() || text.equals(when.no())) {
            return false;
        }
        if (!text.equals(when.yes())) {
            throw Place.column(when.column()).refuse(Reason.BOOLEAN_INVALID, desk);
        }
        return true;
    }

    private void tombstone(String urn, Desk desk) {
        if (changed < 0) {
            throw new IllegalStateException("a tombstone needs a change time of its own: " + spec.file());
        }
        desk.out.plain("{\"deletedAt\":\"");
        desk.moment.write(desk.out);
        desk.out.plain("\",\"id\":");
        desk.out.quoted(urn);
        desk.out.add('}');
    }

    private void write(@Nullable String[] row, Desk desk) {
        if (steps != null) {
            steps.read(row, desk);
        }
        body.write(row, desk);
        for (AfterItem check : checks) {
            check.run(desk);
        }
        if (desk.out.length > LARGEST_BODY) {
            throw Place.column("").refuse(Reason.EVENT_SIZE, desk);
        }
    }

    private String contentHash(Desk desk) {
        Bytes out = desk.out;
        if (!spec.personal()) {
            desk.sha256.update(out.data, 0, out.length);
            return Bytes.hex("sha256:", desk.sha256.digest());
        }
        int from = 0;
        Bytes kept = desk.print;
        kept.length = 0;
        for (int i = 0; i < desk.omissions; i += 2) {
            kept.add(out.data, from, desk.omitted[i]);
            from = desk.omitted[i + 1];
        }
        kept.add(out.data, from, out.length);
        return fingerprints.contentHash(kept.copy(0));
    }

    private @Nullable LocalDate valid(Desk desk, int end) {
        if (steps != null) {
            return Days.date(desk.curve.shape().day()).plusDays(end);
        }
        int slot = valid[end];
        return slot != Slots.SCRATCH && desk.stamped(slot) ? Days.date((int) desk.stamps[slot]) : null;
    }

    private static @Nullable BigDecimal total(int slot, Desk desk) {
        return slot == Slots.SCRATCH ? null : total(desk.numbers[slot]);
    }

    private static @Nullable BigDecimal total(Decimal number) {
        return number.present() ? number.value() : null;
    }
}
