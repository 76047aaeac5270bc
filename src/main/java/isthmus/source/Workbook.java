package isthmus.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.catalog.Column;
import isthmus.catalog.Pull;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Excel workbooks: every row of the first sheet, or of {@code sheet}, is a record. With {@code header: columns} the first
 * row names the columns, in any order; else a column lies at its letter.
 */
final class Workbook implements Format {
    /** Excel shows and computes no more digits; what lies behind them is noise of its doubles. */
    private static final MathContext DIGITS = new MathContext(15);

    private final Pull pull;

    Workbook(Pull pull) {
        this.pull = pull;
    }

    @Override
    public Sound check(Path file) throws Refused, IOException {
        WorkbookGuard.check(file);
        try (Rows rows = new Rows(file, "", 0)) {
            long end = 0;
            while (rows.advance()) {
                end = rows.ordinal();
            }
            return new Sound(null, end, List.of());
        }
    }

    @Override
    public Records read(Path file, Sound sound, String name, long done) throws Refused, IOException {
        return new Rows(file, name, done);
    }

    @Override
    public Piece again(byte[] bytes, long ordinal, String locator) {
        return KeptPieces.row(pull.layout(), bytes, ordinal, locator);
    }

    private @Nullable String text(Cell cell, Column column) {
        boolean isNumber = cell.getValue() instanceof BigDecimal;
        if (isNumber && column.type().equals("date")) {
            return cell.asDate().toLocalDate().toString();
        }
        if (isNumber && column.type().equals("time")) {
            LocalDateTime time = cell.asDate();
            return Watermark.format(time);
        }
        if (cell.getValue() instanceof BigDecimal number) {
            BigDecimal shown = number.round(DIGITS).stripTrailingZeros();
            return shown.scale() < 0 ? shown.setScale(0).toPlainString() : shown.toPlainString();
        }
        Object value = cell.getValue();
        return value == null ? null : value.toString();
    }

    private final class Rows implements Records {
        private final ReadableWorkbook workbook;
        private final Stream<Row> stream;
        private final Iterator<Row> rows;
        private final String name;
        private final long done;
        private final int[] at = new int[pull.columns().size()];
        private @Nullable Row row;

        Rows(Path file, String name, long done) throws Refused, IOException {
            this.name = name;
            this.done = done;
            try {
                workbook = new ReadableWorkbook(file.toFile());
                stream = sheet().openStream();
                rows = stream.iterator();
            } catch (ExcelReaderException fault) {
                throw new Refused(Reason.FILE_FORM, "no Excel workbook of the newer kind");
            }
            if ("columns".equals(pull.settings().get("header"))) {
                readHeader();
            } else {
                Arrays.setAll(at, i -> letters(pull.columns().get(i).at()));
            }
        }

        private Sheet sheet() throws Refused {
            String wanted = pull.settings().get("sheet");
            return (wanted == null ? workbook.getSheet(0) : workbook.findSheet(wanted))
                    .orElseThrow(() -> new Refused(Reason.FILE_FORM, "no sheet " + (wanted == null ? "" : wanted)));
        }

        private void readHeader() throws Refused {
            Row header = rows.hasNext() ? rows.next() : null;
            Arrays.fill(at, -1);
            for (Cell cell : header == null ? List.<Cell>of() : header) {
                for (int i = 0; cell != null && i < at.length; i++) {
                    if (pull.columns()
                            .get(i)
                            .at()
                            .equals(String.valueOf(cell.getText()).strip())) {
                        at[i] = cell.getColumnIndex();
                    }
                }
            }
            for (int i = 0; i < at.length; i++) {
                if (at[i] < 0) {
                    String column = pull.columns().get(i).at();
                    throw new Refused(Reason.FILE_HEADER, "the first row has no column " + column);
                }
            }
        }

        private static int letters(String column) {
            int index = 0;
            for (char letter : column.toCharArray()) {
                index = index * 26 + letter - 'A' + 1;
            }
            return index - 1;
        }

        @Override
        public boolean advance() throws Refused {
            try {
                while (rows.hasNext()) {
                    row = rows.next();
                    if (row.getRowNum() > done && row.getFirstNonEmptyCell().isPresent()) {
                        return true;
                    }
                }
                return false;
            } catch (ExcelReaderException | java.io.UncheckedIOException fault) {
                throw new Refused(Reason.FILE_FORM, "the sheet breaks off or is damaged");
            }
        }

        @Override
        public long ordinal() {
            return row == null ? 0 : row.getRowNum();
        }

        @Override
        public Piece piece(Slices slices) {
            Row here = java.util.Objects.requireNonNull(row, "no row is open");
            @Nullable String[] values = new String[at.length];
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            Outcome.Rejected refusal = null;
            for (int i = 0; i < at.length; i++) {
                Column column = pull.columns().get(i);
                Cell cell = at[i] < here.getCellCount() ? here.getCell(at[i]) : null;
                if (cell != null && cell.getType() == CellType.ERROR) {
                    refusal = new Outcome.Rejected(Reason.FILE_FORM, column.name(), "a cell that shows an error");
                } else if (cell != null) {
                    values[i] = text(cell, column);
                }
                kept.put(column.name(), values[i]);
            }
            byte[] bytes = kept.toString().getBytes(StandardCharsets.UTF_8);
            String locator = name + ":" + ordinal();
            return new Piece(values, List.of(), ordinal(), locator, slices.add(bytes, 0, bytes.length), refusal);
        }

        @Override
        public void close() throws IOException {
            stream.close();
            workbook.close();
        }
    }
}
