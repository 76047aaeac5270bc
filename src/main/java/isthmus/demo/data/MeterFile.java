package isthmus.demo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** One file of the metering system: header, detail lines, trailer. */
final class MeterFile {
    final Layout layout;
    final LocalDate date;
    final LocalDateTime business;
    final String name;
    final List<Line> lines = new ArrayList<>();
    private int miscount;
    private long missum;
    private Charset charset = Line.CHARSET;

    MeterFile(Layout layout, LocalDate date, String district, String serial, LocalDateTime business) {
        this.layout = layout;
        this.date = date;
        this.business = business;
        String suffix = serial.isEmpty() ? "" : "_" + serial;
        name = layout.name() + "_" + date.format(Calendar.DAY) + "_" + district + suffix + ".csv";
    }

    MeterFile add(Line line) {
        lines.add(line);
        return this;
    }

    void miscount() {
        miscount = 1;
    }

    void missum() {
        missum = 1;
    }

    void encode(Charset other) {
        charset = other;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(lines.size() * 640 + 256);
        String header = "H," + layout.title() + "," + layout.name() + "," + date.format(Calendar.DAY) + ","
                + business.format(Calendar.STAMP) + "\n";
        out.write(header.getBytes(charset));
        long sum = missum;
        for (Line line : lines) {
            out.write(line.bytes());
            out.write('\n');
            sum += line.control();
        }
        String trailer = "T," + (lines.size() + miscount) + ","
                + BigDecimal.valueOf(sum, layout.places()).toPlainString() + "\n";
        out.write(trailer.getBytes(charset));
        return out.toByteArray();
    }

    /** The three kinds of file. */
    enum Layout {
        CURVE("电能量曲线", 3, "intervalblock"),
        READ("日冻结示数", 2, "registerreading"),
        METER("电能表档案", 0, "servicepoint");

        private final String title;
        private final int places;
        private final String entity;

        Layout(String title, int places, String entity) {
            this.title = title;
            this.places = places;
            this.entity = entity;
        }

        String title() {
            return title;
        }

        /** Decimal places of the control sum. */
        int places() {
            return places;
        }

        /** The entity under which a whole file is rejected. */
        String entity() {
            return entity;
        }
    }
}
