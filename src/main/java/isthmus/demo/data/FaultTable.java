package isthmus.demo.data;

/** The faults as the table of docs/demo.md. */
final class FaultTable {
    private FaultTable() {}

    static String markdown() {
        StringBuilder out = new StringBuilder("| fault | light | planted | comes out |\n|---|---|---|---|\n");
        for (Fault fault : Fault.values()) {
            String reasons = fault.reasons().isEmpty() ? "" : " (" + String.join(" or ", fault.reasons()) + ")";
            out.append("| ").append(fault.code());
            out.append(fault.isLight() ? " | yes | " : " | | ");
            out.append(fault.what().replace("|", "\\|"));
            out.append(" | ").append(fault.outcome()).append(reasons).append(" |\n");
        }
        return out.toString();
    }
}
