package isthmus.cli;

import isthmus.catalog.Draft;
import isthmus.catalog.LegacySystem;
import isthmus.flow.Rehearsal;
import isthmus.source.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files of a folder by the shape of their names, each with its charset, delimiter and header guessed from one of them. */
final class FoundFiles {
    private static final int BEGINNING = 1 << 18;
    private static final List<String> CHARSETS = List.of("UTF-8", "GB18030", "Big5", "windows-1252");
    private static final String DELIMITERS = ",;|\t";

    private FoundFiles() {}

    /** What one file looks like. */
    private record Look(String charset, char delimiter, boolean hasHeader, List<List<String>> lines) {
        List<String> header() {
            return lines.isEmpty() ? List.of() : lines.get(0);
        }
    }

    static Table list(Rehearsal rehearsal, String system) {
        Table table = new Table("directory", "files", "like", "charset", "delimiter", "first line");
        try (Folder folder = rehearsal.folder(system)) {
            for (Folder.Entry directory : folder.list("/")) {
                if (!directory.isFile()) {
                    String path = "/" + directory.name();
                    shapes(folder, path).forEach((shape, names) -> {
                        Optional<Look> look = look(folder, path, names.get(0));
                        table.row(
                                path,
                                names.size(),
                                shape,
                                look.map(Look::charset).orElse("unknown"),
                                look.map(one -> delimiter(one.delimiter())).orElse(""),
                                look.map(one -> String.join(" ", one.header())).orElse(""));
                    });
                }
            }
        }
        return table;
    }

    /** Names by their shape, in which digits are {@code 0}. */
    private static Map<String, List<String>> shapes(Folder folder, String directory) {
        Map<String, List<String>> shapes = new TreeMap<>();
        for (Folder.Entry entry : folder.list(directory)) {
            // Names are untrusted; what is no plain name is not even looked at.
            if (entry.isFile() && entry.size() > 0 && entry.name().matches("[\\p{L}0-9._-]+")) {
                shapes.computeIfAbsent(entry.name().replaceAll("[0-9]", "0"), shape -> new ArrayList<>())
                        .add(entry.name());
            }
        }
        return shapes;
    }

    private static String delimiter(char delimiter) {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }

    private static Optional<Look> look(Folder folder, String directory, String name) {
        try {
            Path into = Files.createTempDirectory("isthmus-look");
            Path file = folder.fetch(directory, name, into);
            try (InputStream in = Files.newInputStream(file)) {
                return look(in.readNBytes(BEGINNING), Files.size(file) > BEGINNING);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(into);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Optional<Look> look(byte[] bytes, boolean isCut) {
        int end = bytes.length;
        while (isCut && end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        for (String charset : CHARSETS) {
            try {
                String text = Charset.forName(charset)
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, end))
                        .toString();
                return Optional.of(look(text, charset));
            } catch (CharacterCodingException other) {
                // The next one may know these bytes.
            }
        }
        return Optional.empty();
    }

    private static Look look(String text, String charset) {
        List<String> lines = text.lines().limit(200).toList();
        char best = ',';
        for (char candidate : DELIMITERS.toCharArray()) {
            if (count(lines, candidate) > count(lines, best)) {
                best = candidate;
            }
        }
        String pattern = Pattern.quote(String.valueOf(best));
        List<List<String>> fields = lines.stream()
                .map(line -> Arrays.asList(line.split(pattern, -1)))
                .toList();
        boolean hasHeader =
                !fields.isEmpty() && fields.get(0).stream().noneMatch(field -> field.matches(".*[0-9]{2,}.*"));
        return new Look(charset, best, hasHeader, fields);
    }

    private static long count(List<String> lines, char c) {
        return lines.stream()
                .flatMapToInt(String::chars)
                .filter(one -> one == c)
                .count();
    }

    /** @param directory whose first file is looked at */
    static DiscoverCommand.Proposal propose(
            Rehearsal rehearsal, LegacySystem system, String directory, String pull, String entity) {
        try (Folder folder = rehearsal.folder(system.name())) {
            Map<String, List<String>> shapes = shapes(folder, directory);
            if (shapes.isEmpty()) {
                throw new Refusal(Exit.USAGE, "No file with content lies in " + directory + ".");
            }
            String name = shapes.values().iterator().next().get(0);
            Look look = look(folder, directory, name)
                    .orElseThrow(() -> new Refusal(Exit.CHECK_FAILED, name + " is text of no charset that was tried."));
            List<Draft.Found> columns = new ArrayList<>();
            for (int i = 0; i < look.header().size(); i++) {
                int at = i;
                List<String> values = look.lines().stream()
                        .skip(look.hasHeader() ? 1 : 0)
                        .filter(line -> line.size() > at)
                        .map(line -> line.get(at))
                        .toList();
                String column = look.hasHeader() ? look.header().get(i).strip() : "F" + (i + 1);
                columns.add(new Draft.Found(column, Draft.typeOf(values), Draft.isPersonal(column)));
            }
            String pattern = name.replaceAll("\\.", "\\\\.").replaceAll("[0-9]+", "[0-9]+");
            List<String> settings = List.of(
                    "directory: " + directory,
                    "archive: /archive",
                    "refused: /refused",
                    "pattern: '^" + pattern + "$'",
                    "done: .done",
                    "header: columns",
                    "delimiter: \"" + (look.delimiter() == '\t' ? "\\t" : look.delimiter()) + "\"");
            String about = name + ": " + look.charset() + ", " + look.header().size() + " fields by "
                    + delimiter(look.delimiter())
                    + (look.hasHeader() ? ", the first line names them" : ", no line names them")
                    + (Charset.forName(look.charset()).equals(system.charset())
                            ? ""
                            : "; system.yaml says " + system.charset().name());
            Draft draft =
                    new Draft(pull, entity, columns, List.of(columns.get(0).name()), null);
            return new DiscoverCommand.Proposal(draft, settings, Map.of(), about);
        }
    }
}
