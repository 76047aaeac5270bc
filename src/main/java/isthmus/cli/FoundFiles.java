package isthmus.cli;

import isthmus.catalog.Draft;
import isthmus.catalog.LegacySystem;
import isthmus.flow.Rehearsal;
import isthmus.source.Folder;
import java.io.BufferedInputStream;
import java.io.EOFException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Files of a folder by the shape of their names, each with its charset, delimiter and header guessed from one of them. */
final class FoundFiles {
    private static final int BEGINNING = 1 << 18;
    private static final List<String> CHARSETS = List.of("UTF-8", "GB18030", "Big5", "windows-1252");
    private static final String DELIMITERS = ",;|\t";
    private static final String DELIMITED = "delimited";
    private static final int SHOWN = 60;

    private FoundFiles() {}

    /** What one file looks like. */
    private record Look(
            String charset, String format, Optional<Standard> standard, char delimiter, List<List<String>> lines) {
        boolean hasHeader() {
            return !lines.isEmpty() && lines.get(0).stream().noneMatch(field -> field.matches(".*[0-9]{2,}.*"));
        }

        boolean isDelimited() {
            return format.equals(DELIMITED);
        }

        List<String> header() {
            return lines.isEmpty() ? List.of() : lines.get(0);
        }
    }

    static Table list(Rehearsal rehearsal, String system) {
        Table table = new Table("directory", "files", "like", "charset", "format", "delimiter", "first line");
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
                                look.map(Look::format).orElse(""),
                                look.filter(Look::isDelimited)
                                        .map(one -> delimiter(one.delimiter()))
                                        .orElse(""),
                                look.map(one -> shown(String.join(" ", one.header())))
                                        .orElse(""));
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
            try (InputStream in = opened(file)) {
                byte[] beginning = in.readNBytes(BEGINNING);
                return look(beginning, beginning.length == BEGINNING);
            } catch (ZipException | EOFException damaged) {
                return Optional.empty();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(into);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** What lies in it, where it is a .gz, or a .zip other than a workbook. */
    private static InputStream opened(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            if (name.endsWith(".gz")) {
                return new GZIPInputStream(in);
            }
            if (name.endsWith(".zip")) {
                ZipInputStream zip = new ZipInputStream(in);
                zip.getNextEntry();
                return zip;
            }
            return in;
        } catch (IOException damaged) {
            in.close();
            throw damaged;
        }
    }

    private static Optional<Look> look(byte[] bytes, boolean isCut) {
        if (bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K') {
            return Optional.of(new Look("", "xlsx", Optional.empty(), ',', List.of()));
        }
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
        Optional<Standard> standard = Standard.of(text);
        String start = text.stripLeading();
        String other = start.startsWith("<") ? "xml" : start.matches("(?s)[{\\[].*") ? "json" : DELIMITED;
        String format = standard.map(Standard::title).orElse(other);
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
        return new Look(charset, format, standard, best, fields);
    }

    private static String shown(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static long count(List<String> lines, char c) {
        return lines.stream()
                .flatMapToInt(String::chars)
                .filter(one -> one == c)
                .count();
    }

    /** A pattern that takes names like this one. */
    static String pattern(String name) {
        return "^" + name.replaceAll("\\.", "\\\\.").replaceAll("[0-9]+", "[0-9]+") + "$";
    }

    /**
     * What a file asks for.
     *
     * @param wanted its path, or a directory whose first file it is
     * @param called what to call the pull; null for the entity, or for what the example of a standard calls it
     */
    static DiscoverCommand.Proposal propose(
            Rehearsal rehearsal, LegacySystem system, String wanted, @Nullable String called, String entity) {
        try (Folder folder = rehearsal.folder(system.name())) {
            int slash = wanted.lastIndexOf('/');
            boolean isFile = slash >= 0 && wanted.indexOf('.', slash) > 0;
            String directory = isFile ? wanted.substring(0, slash) : wanted;
            String name = shapes(folder, directory).values().stream()
                    .flatMap(List::stream)
                    .filter(file -> !isFile || wanted.endsWith("/" + file))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Exit.USAGE,
                            isFile
                                    ? "No file with content is " + wanted + "."
                                    : "No file with content lies in " + wanted + "."));
            Look look = look(folder, directory, name)
                    .orElseThrow(() -> new Refusal(
                            Exit.CHECK_FAILED,
                            name + " is no text in a charset that was tried, and no archive that opens."));
            if (look.standard().isPresent()) {
                return look.standard().get().propose(name, directory, called);
            }
            if (!look.isDelimited()) {
                throw new Refusal(
                        Exit.CHECK_FAILED,
                        name + " is " + look.format()
                                + " of no standard that is known here; docs/reference.md says what a"
                                + " pull of format: " + look.format() + " is told, and examples/ shows it.");
            }
            String pull = called == null ? entity : called;
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
            List<String> settings = new ArrayList<>(List.of(
                    "directory: " + directory,
                    "archive: /archive",
                    "refused: /refused",
                    "pattern: '" + pattern(name) + "'",
                    "done: .done",
                    "delimiter: \"" + (look.delimiter() == '\t' ? "\\t" : look.delimiter()) + "\""));
            if (look.hasHeader()) {
                settings.add("header: columns");
            }
            String about = name + ": " + look.charset() + ", " + look.header().size() + " fields by "
                    + delimiter(look.delimiter())
                    + (look.hasHeader() ? ", the first line names them" : ", no line names them")
                    + (Charset.forName(look.charset()).equals(system.charset())
                            ? ""
                            : "; system.yaml says " + system.charset().name());
            Draft draft =
                    new Draft(pull, entity, columns, List.of(columns.get(0).name()), null);
            return DiscoverCommand.Proposal.of(draft, settings, Map.of(), about);
        }
    }
}
