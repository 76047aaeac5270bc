package isthmus.catalog;

import java.nio.file.Path;
import java.util.List;

/** Reads the mapping files of a system's folder. */
final class MappingReader {
    private MappingReader() {}

    static List<MappingSpec> read(String system, Path folder, List<Pull> pulls, Problems problems) {
        return List.of();
    }
}
