package isthmus.flow;

import java.lang.management.ManagementFactory;
import java.util.Map;

/** A process of its own that pulls all bills of a database and keeps none of them. */
final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment =
                Map.of("BILLING_URL", arguments[0], "BILLING_USER", "root", "BILLING_PASSWORD", "");
        try (TestHub hub = TestHub.of(environment)) {
            hub.store.beforeCommit = chunk -> hub.store.chunks.clear();
            PullReport report = hub.pulls.run("billing", "bill", 1);
            long cpu = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
            System.out.println(
                    "pieces=" + report.pieces() + " whole=" + report.isWhole() + " cpu=" + cpu / 1_000_000 + "ms");
        }
    }
}
