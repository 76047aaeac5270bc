package isthmus.catalog;

import isthmus.catalog.FieldSpec.CodeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a system's {@code <entity>.mapping.yaml} files and its code tables. */
public final class MappingReader {
    private static final String ENDING = ".mapping.yaml";

    private MappingReader() {}

    /**
     * Reads all mappings of a folder; every fault goes to the problems with file and line, and a faulty mapping is left
     * out.
     */
    public static List<MappingSpec> read(String system, Path folder, List<Pull> pulls, Problems problems) {
        Map<String, CodeTable> tables = CodeTables.read(folder.resolve("codes"), problems);
        Map<String, MappingSpec> mappings = new LinkedHashMap<>();
        for (Path file : files(folder, problems)) {
            String fileName = String.valueOf(file.getFileName());
            try {
                Section root = Section.read(file, problems);
                String entity = fileName.substring(0, fileName.length() - ENDING.length());
                MappingSpec mapping = read(entity, root, pulls, tables, problems);
                if (mapping != null) {
                    mappings.put(entity, mapping);
                }
            } catch (IOException fault) {
                problems.add(file.toString(), 0, "cannot be read", String.valueOf(fault.getMessage()));
            }
        }
        for (Pull pull : pulls) {
            for (String entity : pull.entities()) {
                if (!Files.exists(folder.resolve(entity + ENDING))) {
                    String what = system + ": pull " + pull.name() + " offers " + entity + ", which has no mapping";
                    problems.add(folder.resolve("system.yaml").toString(), 0, what, "write " + entity + ENDING);
                }
            }
        }
        return new ArrayList<>(mappings.values());
    }

    private static List<Path> files(Path folder, Problems problems) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException fault) {
            problems.add(folder.toString(), 0, "cannot be read", String.valueOf(fault.getMessage()));
            return List.of();
        }
    }

    private static @Nullable MappingSpec read(
            String entity, Section root, List<Pull> pulls, Map<String, CodeTable> tables, Problems problems) {
        int before = problems.faults().size();
        if (root.isEmpty()) {
            return null;
        }
        String from = root.required("from", "name the pull whose rows this mapping reads");
        Pull pull = pulls.stream()
                .filter(candidate -> candidate.name().equals(from))
                .findFirst()
                .orElse(null);
        if (pull == null) {
            root.problem(
                    "from",
                    "no pull " + from,
                    "known here: " + pulls.stream().map(Pull::name).toList());
            root.rejectUnknown(MappingTable.KEYS);
            return null;
        }
        if (!pull.entities().contains(entity)) {
            root.problem("from", "pull " + from + " does not offer " + entity, "add it to its entities");
        }
        MappingSpec mapping = new MappingTable(root, pull, tables, problems).read(entity);
        root.rejectUnknown();
        return problems.faults().size() == before ? mapping : null;
    }
}
