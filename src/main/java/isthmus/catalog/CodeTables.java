package isthmus.catalog;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import isthmus.catalog.FieldSpec.CodeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a system's {@code codes/*.csv}, each with the header {@code code,value,comment}. */
final class CodeTables {
    private static final List<String> HEADER = List.of("code", "value", "comment");
    private static final String ENDING = ".csv";

    private CodeTables() {}

    static Map<String, CodeTable> read(Path folder, Problems problems) {
        Map<String, CodeTable> tables = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return tables;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                String fileName = String.valueOf(file.getFileName());
                String name = fileName.substring(0, fileName.length() - ENDING.length());
                String label = file.toString();
                if (name.indexOf('.') < 1) {
                    problems.add(label, 0, "a code table of no column", "name it <table>.<column>.csv");
                }
                tables.put(name, new CodeTable(name, values(label, file, problems)));
            }
        } catch (IOException fault) {
            problems.add(folder.toString(), 0, "cannot be read", String.valueOf(fault.getMessage()));
        }
        return tables;
    }

    private static Map<String, String> values(String label, Path file, Problems problems) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (CsvReader<CsvRecord> lines = CsvReader.builder().ofCsvRecord(file)) {
            boolean header = true;
            for (CsvRecord line : lines) {
                int at = (int) line.getStartingLineNumber();
                if (header) {
                    header = false;
                    if (!line.getFields().equals(HEADER)) {
                        problems.add(label, at, "not the header of a code table", "write code,value,comment");
                    }
                } else if (line.getFieldCount() != HEADER.size()
                        || line.getField(0).isBlank()
                        || !line.getField(1).matches("[A-Za-z0-9]{1,64}")) {
                    problems.add(label, at, "not a line of a code table", "write code,value,comment");
                } else if (values.put(line.getField(0).strip(), line.getField(1)) != null) {
                    problems.add(label, at, "code twice: " + line.getField(0), "keep one");
                }
            }
        }
        return values;
    }
}
