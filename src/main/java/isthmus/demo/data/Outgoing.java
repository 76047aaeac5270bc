package isthmus.demo.data;

import isthmus.demo.data.MeterFile.Layout;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts metering files where they are fetched, and offers what is in them to the truth. */
final class Outgoing {
    private final Path now;
    private final Path later;
    private final Ledger ledger;

    Outgoing(Path now, Path later, Ledger ledger) throws IOException {
        this.now = now;
        this.later = later;
        this.ledger = ledger;
        Files.createDirectories(now);
    }

    void send(MeterFile file, boolean zipped, boolean secondTide) throws IOException {
        byte[] bytes = file.bytes();
        if (zipped) {
            put(file.name + ".zip", Zips.zip(file.name, bytes), secondTide);
        } else {
            put(file.name, bytes, secondTide);
        }
        offer(file);
    }

    void put(String name, byte[] bytes, boolean secondTide) throws IOException {
        Path dir = secondTide ? later : now;
        Files.write(dir.resolve(name), bytes);
        Files.createFile(dir.resolve(name + ".done"));
    }

    /** A file that nobody announces. */
    void putSilently(String name, byte[] bytes) throws IOException {
        Files.write(now.resolve(name), bytes);
    }

    /** The whole file is rejected under its name. */
    void refuse(String name, byte[] bytes, Layout layout, Fault fault) throws IOException {
        put(name, bytes, false);
        ledger.reject("metering", layout.entity(), name, fault);
    }

    void offer(MeterFile file) throws IOException {
        for (int i = 0; i < file.lines.size(); i++) {
            Line line = file.lines.get(i);
            int number = i + 2;
            String locator = file.name + ":" + number;
            String sequence = Calendar.sequence(file.business, number);
            Fault fault = line.fault();
            Row row = line.row();
            if (line.damage() && fault != null) {
                ledger.reject("metering", file.layout.entity(), locator, fault);
            } else if (row == null) {
                ledger.curve(line.text(), sequence, locator, fault);
            } else {
                ledger.offer("metering", file.layout.entity(), row, sequence, locator, fault);
                if (file.layout == Layout.METER) {
                    ledger.offer("metering", "meter", row, sequence, locator, fault);
                }
            }
        }
    }
}
