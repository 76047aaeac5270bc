package isthmus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the Linux kernel has counted for a process. */
final class Kernel {
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TIME = 11;

    private Kernel() {}

    /** Processor seconds, user and system, of the process alone. */
    static double processorSeconds(long pid) {
        return ticks(pid, 2) / TICKS_A_SECOND;
    }

    /** The same of the process and of all its children, those that have ended included. */
    static double processorSecondsOfTree(long pid) {
        Stream<ProcessHandle> tree = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        return tree.mapToLong(process -> ticks(process.pid(), 4)).sum() / TICKS_A_SECOND;
    }

    /** The most resident memory that the process alone has held, in MiB. */
    static long peakMiB(long pid) {
        return highWaterKiB(pid) >> 10;
    }

    /** The same of the process or of the largest of its children. */
    static long peakMiBOfTree(long pid) {
        Stream<ProcessHandle> tree = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        return tree.mapToLong(process -> highWaterKiB(process.pid())).max().orElse(0) >> 10;
    }

    private static long ticks(long pid, int fields) {
        String stat = read(pid, "stat");
        // The name before the last bracket may hold blanks.
        String[] all = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + fields && i < all.length; i++) {
            ticks += Long.parseLong(all[i]);
        }
        return ticks;
    }

    private static long highWaterKiB(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), name));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
