package isthmus.demo.data;

import isthmus.demo.data.Client.Role;

/** The faults, the slips and the contradictions as the tables of docs/demo.md. */
final class FaultTable {
    private FaultTable() {}

    static String contradictions() {
        StringBuilder out =
                new StringBuilder("| planted as | nasty | found by | cause | what is wrong |\n|---|---|---|---|---|\n");
        WorldOptions nasty = new WorldOptions(1, 1, Integer.MAX_VALUE, "nasty");
        for (Dispute dispute : Dispute.values()) {
            out.append("| ").append(dispute.code()).append(" | ").append(dispute.times(nasty));
            out.append(" | ").append(dispute.check()).append(" | ").append(dispute.cause());
            out.append(" | ").append(dispute.what()).append(" |\n");
        }
        return out.toString();
    }

    static String slips() {
        StringBuilder out = new StringBuilder(
                "| slip | in a thousand | of a second entry | what is written |\n|---|---|---|---|\n");
        for (Slip slip : Slip.values()) {
            out.append("| ").append(slip.code()).append(" | ").append(slip.perMille(Role.HOLDER));
            out.append(" | ")
                    .append(slip.perMille(Role.AGAIN))
                    .append(" | ")
                    .append(slip.what())
                    .append(" |\n");
        }
        return out.toString();
    }

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
