package isthmus.identity.match;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.catalog.Section;
import isthmus.identity.match.Matching.Decision;
import isthmus.identity.match.Matching.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Records of CSV files with a head line, to try a configuration on before it is let at the store. */
public final class PersonFiles {
    private final Model model;
    private final List<Subject> subjects;
    private final boolean isWithin;

    private PersonFiles(Model model, List<Subject> subjects, boolean isWithin) {
        this.model = model;
        this.subjects = subjects;
        this.isWithin = isWithin;
    }

    /**
     * Reads files by the only model of a configuration. In one file its own records are compared with each other; of several
     * each is a source that has nobody twice.
     *
     * @param key the column that names a record; it is not compared
     * @throws ConfigurationFault where the configuration is not sound or has not one model
     */
    public static PersonFiles read(Path configuration, List<Path> files, String key) throws IOException {
        Problems problems = new Problems();
        String file = configuration.toString();
        List<Model> models = ModelReader.read(
                Section.read(file, Files.readString(configuration), problems).section("match"));
        if (models.size() != 1) {
            problems.add(file, 1, models.size() + " models", "files of records need one");
        }
        problems.throwIfAny();
        Model model = models.get(0);
        List<Subject> subjects = new ArrayList<>();
        for (Path one : files) {
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(one)) {
                for (NamedCsvRecord row : rows) {
                    if (row.getStartingLineNumber() == 2) {
                        checkHead(model, key, one, row, problems);
                    }
                    subjects.add(subject(model, key, one, row));
                }
            }
        }
        problems.throwIfAny();
        return new PersonFiles(model, subjects, files.size() == 1);
    }

    /** A column that is not there would be compared as if nobody had anything in it. */
    private static void checkHead(Model model, String key, Path file, NamedCsvRecord row, Problems problems) {
        Set<String> columns = new TreeSet<>();
        row.getHeader().forEach(name -> columns.add(name.strip()));
        Stream.concat(Stream.of(key), model.fields().stream().flatMap(field -> field.of().stream()))
                .filter(name -> !columns.contains(name))
                .forEach(name -> problems.add(file.toString(), 1, "no column " + name, "there are " + columns));
    }

    private static Subject subject(Model model, String key, Path file, NamedCsvRecord row) {
        Map<String, String> cells = new HashMap<>();
        row.getFieldsAsMap().forEach((name, value) -> cells.put(name.strip(), value.strip()));
        String id = cells.getOrDefault(key, "");
        return model.subject(id, file.toString(), column -> List.of(cells.getOrDefault(column, "")));
    }

    public Model model() {
        return model;
    }

    public int size() {
        return subjects.size();
    }

    /** The model with weights that are learnt from these records. */
    public Model estimate(long seed) {
        String version = String.format(Locale.ROOT, "%s-estimated", model.version());
        return new Estimation(model, subjects, isWithin, seed).estimate(version);
    }

    public List<Match> matches(Model weighed) {
        return new Matching(weighed, subjects, isWithin).matches();
    }

    PersonFiles shuffled(long seed) {
        List<Subject> other = new ArrayList<>(subjects);
        Collections.shuffle(other, new Random(seed));
        return new PersonFiles(model, other, isWithin);
    }

    /**
     * Counts what was found right.
     *
     * @param person a pattern whose first group, found in the key of a record, says whose it is
     */
    public Trial trial(List<Match> matches, String person) {
        Pattern whose = Pattern.compile(person);
        Map<String, List<Subject>> people = new HashMap<>();
        subjects.forEach(one -> people.computeIfAbsent(whose(whose, one), fresh -> new ArrayList<>())
                .add(one));
        long pairs = 0;
        for (List<Subject> records : people.values()) {
            for (int i = 0; i < records.size(); i++) {
                for (int j = i + 1; j < records.size(); j++) {
                    String other = records.get(j).source();
                    pairs += isWithin || !records.get(i).source().equals(other) ? 1 : 0;
                }
            }
        }
        long[] counts = new long[4];
        for (Match match : matches) {
            boolean isRight = whose(whose, match.left()).equals(whose(whose, match.right()));
            int at = match.decision() == Decision.LINK ? 0 : 2;
            counts[at]++;
            counts[at + 1] += isRight ? 1 : 0;
        }
        return new Trial(pairs, counts[0], counts[1], counts[2], counts[3]);
    }

    private static String whose(Pattern pattern, Subject subject) {
        Matcher found = pattern.matcher(subject.id());
        return found.find() ? found.group(1) : subject.id();
    }
}
