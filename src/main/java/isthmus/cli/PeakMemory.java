package isthmus.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return new PeakMemory(heap >> 20, residentKiB() >> 10);
    }

    /** Lets the peaks of the heap begin with what is live. */
    static void forget() {
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static long residentKiB() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException fault) {
            return 0;
        }
    }
}
