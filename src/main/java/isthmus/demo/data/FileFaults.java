package isthmus.demo.data;

import isthmus.demo.data.MeterFile.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plants faults of whole files beside, or in place of, a day's file of one district. */
final class FileFaults {
    static final List<Fault> KINDS = List.of(
            Fault.M_SHORT,
            Fault.M_COUNT,
            Fault.M_SUM,
            Fault.M_EMPTY,
            Fault.M_TITLE,
            Fault.M_NO_DONE,
            Fault.M_NAME,
            Fault.M_ZIP_BOMB,
            Fault.M_ZIP_SLIP,
            Fault.M_ZIP_NESTED,
            Fault.M_ZIP_MANY,
            Fault.M_ZIP_ENCRYPTED,
            Fault.M_ZIP_BROKEN,
            Fault.M_RESENT,
            Fault.M_REGAP,
            Fault.M_OLDER,
            Fault.M_COPY,
            Fault.M_REPLACED);
    private static final List<String> HOSTILE_NAMES = List.of(
            "CURVE_20261101_D1;rm -rf.csv",
            "..%2f..%2fetc.csv",
            "CURVE_20261102_D1\nDELE x.csv",
            "CURVE_20261103_D1\\..\\etc.csv",
            "CURVE_20261104_" + "D".repeat(181) + ".csv");
    /** FTP lists a name a line, and none that begins with a point. */
    private static final List<String> HOSTILE_NAMES_ON_A_LINE = List.of(
            "CURVE_20261101_D1;rm -rf.csv",
            "up%2f..%2fetc.csv",
            "CURVE_20261102_D1%0aDELE x.csv",
            "CURVE_20261103_D1\\..\\etc.csv",
            "CURVE_20261104_" + "D".repeat(181) + ".csv");

    private static final int FEW = 5;

    private final Outgoing outgoing;
    private final Ledger ledger;
    private final List<String> hostileNames;
    private final Map<Fault, Integer> planted = new EnumMap<>(Fault.class);

    FileFaults(Outgoing outgoing, Ledger ledger, boolean isListedByLine) {
        hostileNames = isListedByLine ? HOSTILE_NAMES_ON_A_LINE : HOSTILE_NAMES;
        this.outgoing = outgoing;
        this.ledger = ledger;
    }

    /** Whether a cut file among these stands in place of the day's curve file (every second one does). */
    boolean cutsNext(List<Fault> faults) {
        return faults.contains(Fault.M_SHORT) && planted.getOrDefault(Fault.M_SHORT, 0) % 2 == 0;
    }

    static boolean suitsReads(Fault fault) {
        return fault != Fault.M_SHORT && fault != Fault.M_REGAP;
    }

    /** @param serial tells the extra files of one day and district apart */
    void plant(Fault fault, DayOfDistrict day, int serial) throws IOException {
        int nth = planted.merge(fault, 1, Integer::sum) - 1;
        ledger.plant(fault);
        String suffix = String.format(Locale.ROOT, "%02d", serial);
        switch (fault) {
            case M_RESENT -> outgoing.send(day.corrected(suffix, 60 + serial, 110, FEW * 4), serial % 2 == 0, false);
            case M_OLDER -> outgoing.send(day.corrected(suffix, -60 - serial, 80, FEW), false, false);
            case M_REGAP -> outgoing.send(day.gapsFilled(suffix, 60 + serial), false, false);
            case M_COPY -> copy(day, serial);
            case M_REPLACED -> {
                outgoing.send(day.corrected(suffix, 60 + serial, 105, FEW), false, false);
                outgoing.send(day.corrected(suffix, 240 + serial, 115, FEW), false, true);
            }
            case M_SHORT -> {
                if (nth % 2 == 0) {
                    cut(day.base());
                    outgoing.put(day.base().name, day.base().bytes(), true);
                } else {
                    cut(day.corrected(suffix, 60 + serial, 120, FEW));
                }
            }
            default -> refuse(fault, nth, day.corrected(suffix, 60 + serial, 120, FEW));
        }
    }

    private void copy(DayOfDistrict day, int serial) throws IOException {
        MeterFile file = day.corrected(String.format(Locale.ROOT, "%02d", serial), 60 + serial, 108, FEW);
        outgoing.send(file, false, false);
        String other = file.name.replace(".csv", serial % 10 + ".csv");
        outgoing.put(other, file.bytes(), false);
    }

    private void cut(MeterFile file) throws IOException {
        byte[] whole = file.bytes();
        int header = 0;
        while (whole[header] != '\n') {
            header++;
        }
        // Of a small district's file two thirds may be less than its header, and that is another fault.
        int kept = Math.max(whole.length * 2 / 3, header + 1);
        outgoing.refuse(file.name, Arrays.copyOf(whole, kept), file.layout, Fault.M_SHORT);
    }

    private void refuse(Fault fault, int nth, MeterFile file) throws IOException {
        Layout layout = file.layout;
        switch (fault) {
            case M_COUNT -> file.miscount();
            case M_SUM -> file.missum();
            case M_TITLE -> file.encode(StandardCharsets.UTF_8);
            case M_EMPTY -> {
                outgoing.refuse(file.name, new byte[0], layout, fault);
                return;
            }
            case M_NO_DONE -> {
                outgoing.putSilently(file.name, file.bytes());
                return;
            }
            case M_NAME -> {
                String name = hostileNames.get(nth % hostileNames.size());
                outgoing.refuse(name, file.bytes(), Layout.CURVE, fault);
                return;
            }
            default -> {
                byte[] zip = Zips.hostile(fault, file.name, file.bytes());
                outgoing.refuse(file.name + ".zip", zip, layout, fault);
                return;
            }
        }
        outgoing.refuse(file.name, file.bytes(), layout, fault);
    }
}
