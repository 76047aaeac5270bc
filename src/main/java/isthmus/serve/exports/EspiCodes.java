package isthmus.serve.exports;

import java.util.Map;
import java.util.Objects;

/** The codes by which ESPI names what the model names (model.md 5.5). */
final class EspiCodes {
    private static final int UNSAID = 0;

    private static final Map<String, Integer> QUALITY = Map.of(
            "actual",
            14,
            "estimated",
            8,
            "edited",
            7,
            "questionable",
            18,
            "derived",
            11,
            "projected",
            12,
            "powerFail",
            16);
    private static final Map<String, Integer> KIND = Map.of(
            "activeEnergy",
            12,
            "reactiveEnergy",
            12,
            "activePower",
            37,
            "voltage",
            54,
            "current",
            4,
            "powerFactor",
            38);
    private static final Map<String, Integer> FLOW = Map.of("delivered", 1, "received", 19, "net", 4, "total", 20);
    private static final Map<String, Integer> ACCUMULATION = Map.of("delta", 4, "instantaneous", 12, "bulk", 1);
    private static final Map<String, Integer> UNIT =
            Map.of("Wh", 72, "varh", 73, "VAh", 71, "W", 38, "var", 63, "VA", 61, "V", 29, "A", 5, "1", 65);

    private EspiCodes() {}

    static int quality(String flag) {
        return Objects.requireNonNull(QUALITY.get(flag), "a flag of the closed set of the model");
    }

    static int kind(String quantity) {
        return KIND.getOrDefault(quantity, UNSAID);
    }

    static int flow(String flow) {
        return FLOW.getOrDefault(flow, UNSAID);
    }

    static int accumulation(String accumulation) {
        return ACCUMULATION.getOrDefault(accumulation, UNSAID);
    }

    /** ESPI counts in units without a prefix: a kilo is three more in the power of ten. */
    static boolean isKilo(String unit) {
        return unit.startsWith("k");
    }

    static int unit(String unit) {
        return UNIT.getOrDefault(isKilo(unit) ? unit.substring(1) : unit, UNSAID);
    }
}
