package isthmus.flow;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own that pulls one table of a database and keeps none of them. */
public final class SmallHeap {
    private static int chunks;

    private SmallHeap() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment =
                Map.of("BILLING_URL", arguments[0], "BILLING_USER", "root", "BILLING_PASSWORD", "");
        try (TestHub hub = TestHub.of(environment)) {
            List<Long> heap = new ArrayList<>();
            hub.store.beforeCommit = chunk -> {
                hub.store.chunks.clear();
                if (++chunks % 20 == 0) {
                    System.gc();
                    heap.add(ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed()
                            >> 20);
                }
            };
            PullReport report = hub.pulls.run("billing", arguments[1], 1);
            long cpu = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
            System.out.println("pieces=" + report.pieces() + " whole=" + report.isWhole() + " cpu=" + cpu / 1_000_000
                    + "ms heap=" + heap);
        }
    }
}
