package isthmus.demo.data;

import isthmus.demo.truth.Row;
import isthmus.demo.truth.Truth;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands rows to the truth, counts the faults, and fails when a row is refused for any reason but its planted one. */
final class Ledger {
    private final Truth truth;
    private final Map<Fault, Integer> planted = new EnumMap<>(Fault.class);

    Ledger(Truth truth) {
        this.truth = truth;
    }

    void plant(Fault fault) {
        plant(fault, 1);
    }

    void plant(Fault fault, int times) {
        planted.merge(fault, times, Integer::sum);
    }

    Map<Fault, Integer> planted() {
        return Collections.unmodifiableMap(planted);
    }

    /** Whether it comes out. */
    boolean offer(String system, String entity, Row row, String sequence, String locator, @Nullable Fault fault)
            throws IOException {
        String reason = truth.offer(system, entity, row, sequence, locator, code(fault));
        judge(reason, entity + " " + locator, fault);
        return reason == null;
    }

    void curve(String text, String sequence, String locator, @Nullable Fault fault) throws IOException {
        judge(truth.curve(text, sequence, locator, code(fault)), "curve " + locator, fault);
    }

    /** A rejection that no reading of the row is needed for. */
    void reject(String system, String entity, String locator, Fault fault) throws IOException {
        truth.reject(system, entity, locator, fault.reasons().get(0), fault.code());
    }

    void settle() throws IOException {
        truth.settle();
    }

    private static @Nullable String code(@Nullable Fault fault) {
        return fault == null ? null : fault.code();
    }

    private static void judge(@Nullable String reason, String what, @Nullable Fault fault) {
        if (reason != null && (fault == null || !fault.reasons().contains(reason))) {
            throw new IllegalStateException(what + " is refused with " + reason + ", planted was " + fault);
        }
    }
}
