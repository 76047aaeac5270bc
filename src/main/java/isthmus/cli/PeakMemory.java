package isthmus.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.stream.Stream;

/**
 * The most memory that this process has held, in MiB.
 *
 * @param heap sum of the heap pools' peaks
 * @param resident the kernel's high-water mark of the process, 0 where the kernel does not tell
 */
record PeakMemory(long heap, long resident) {

    static PeakMemory now() {
        long heap = pools().map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        return new PeakMemory(heap >> 20, Kernel.peakMiB(ProcessHandle.current().pid()));
    }

    /** Lets the peaks of the heap begin with what is live. */
    static void forget() {
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
