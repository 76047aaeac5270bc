package isthmus.reconcile;

import isthmus.model.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Refuses to tell so many records as deleted at once that a file which came half, or an emptied table, is likelier. */
final class MassDelete {
    /** So few are never too many, whatever share they are. */
    private static final long FEW = 10;
    /** What a repair, for which nobody has agreed on a share, may tell: half a per cent, at most five hundred. */
    private static final BigDecimal REPAIR = new BigDecimal("0.005");

    private static final long REPAIR_MOST = 500;

    private MassDelete() {}

    /** Null when this share may be gone of what the store holds. */
    static @Nullable String refusal(long source, long held, long gone, BigDecimal share) {
        String percent = share.movePointRight(2).stripTrailingZeros().toPlainString();
        return refusal(source, held, gone, part(held, share), " (" + percent + "%)");
    }

    /** The same for a repair. */
    static @Nullable String ofRepair(long source, long held, long gone) {
        return refusal(source, held, gone, Math.min(REPAIR_MOST, part(held, REPAIR)), "");
    }

    private static long part(long held, BigDecimal share) {
        return share.multiply(BigDecimal.valueOf(held))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }

    private static @Nullable String refusal(long source, long held, long gone, long allowed, String why) {
        if (gone > 0 && source == 0) {
            return Reason.MASS_DELETE.code() + ": the source shows no row at all";
        }
        long most = Math.max(FEW, allowed);
        return gone <= most
                ? null
                : "%s: %d of %d are gone, at most %d may be%s"
                        .formatted(Reason.MASS_DELETE.code(), gone, held, most, why);
    }
}
