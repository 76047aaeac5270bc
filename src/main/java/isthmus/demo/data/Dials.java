package isthmus.demo.data;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.Quarter.Resident;
import java.time.LocalDate;

/** What the quarter's dials show at the beginning of a day. */
final class Dials {
    /** Hundredths of a kWh after which a register of six digits begins anew. */
    private static final long ALL_NINES = 100_000_000;

    private static final LocalDate RUNS_OVER = LocalDate.of(2026, 10, 16);

    private final Curves curves;

    Dials(Curves curves) {
        this.curves = curves;
    }

    /** Of the meter that hangs there on the last day; after an exchange it began near nought. */
    Registers at(Resident resident, LocalDate day) {
        Registers used = curves.at(resident.point(), day);
        if (!resident.is(Dispute.KWH_EXCHANGE)) {
            return used;
        }
        Registers before = curves.at(resident.point(), Quarter.EXCHANGE);
        return new Registers(used.peak() - before.peak() + 120, used.valley() - before.valley() + 80);
    }

    /** Hundredths of a kWh on the total register. */
    long total(Resident resident, LocalDate day) {
        long shown = at(resident, day).totalShown();
        return resident.is(Dispute.KWH_ROLLOVER)
                ? Math.floorMod(shown - at(resident, RUNS_OVER).totalShown(), ALL_NINES)
                : shown;
    }
}
