package isthmus.hostile;

import isthmus.flow.Sftp;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Files of readings and meters over SFTP: a line among sound ones ({@code line}, {@code meter}), a whole file, a name. */
final class FileWay implements Way {
    private static final String SYSTEM = "metering";
    private static final String MOUNTED = "mounted";

    private final Sftp sftp;
    private final Path mounted;
    private final Kept kept;
    private final Map<Integer, String> names = new HashMap<>();
    private final Set<Integer> sentAgain = new HashSet<>();

    FileWay(Folders folders, Path root, Store store) throws Exception {
        sftp = new Sftp(root.resolve("sftp"));
        mounted = root.resolve("mounted");
        for (String directory : new String[] {"out", "archive", "refused"}) {
            Files.createDirectories(mounted.resolve(directory));
        }
        folders.readings(SYSTEM, FileWay::alsoPacked);
        folders.mounted(MOUNTED, mounted);
        kept = new Kept(store);
        for (BadInput input : BadInputs.by("line", "meter", "file", "name")) {
            send(input);
        }
    }

    Map<String, String> environment() {
        return sftp.environment();
    }

    static String alsoPacked(String card) {
        return card.replace("(\\.zip)?", "(\\.zip|\\.gz)?");
    }

    private void send(BadInput input) throws Exception {
        String name = "READ_20261101_X" + input.key() + ".csv";
        switch (input.way()) {
            case "line" -> {
                String bytes = Sftp.readings(sound(input, 8), input.text(), sound(input, 9));
                put(input, name, bytes.getBytes(Sftp.GB18030));
            }
            case "meter" -> {
                name = name.replace("READ", "METER");
                put(input, name, FileRecipes.meters(input.text()));
            }
            case "name" -> put(input, input.text(), "x".getBytes(Sftp.GB18030));
            default -> {
                name = name + FileRecipes.ending(input.sent());
                switch (input.sent()) {
                    case "a directory" -> Files.createDirectory(out(input, name));
                    case "a symbolic link" -> Files.createSymbolicLink(out(input, name), Path.of("/etc/passwd"));
                    default -> Files.write(out(input, name), FileRecipes.bytes(input, name));
                }
                Files.createFile(out(input, name + ".done"));
                names.put(input.n(), name);
            }
        }
    }

    static String sound(BadInput input, int before) {
        return Sftp.reading(before + input.key(), "1.00");
    }

    private void put(BadInput input, String name, byte[] bytes) throws Exception {
        sftp.put(name, bytes);
        names.put(input.n(), name);
    }

    private Path out(BadInput input, String name) {
        return (isLarge(input) ? mounted : sftp.root).resolve("out").resolve(name);
    }

    /** What would take its time on the way does not go over SFTP. */
    private static boolean isLarge(BadInput input) {
        return input.sent().matches(".*(gigabyte|100,000 members|100 MB).*");
    }

    private static String system(BadInput input) {
        return isLarge(input) ? MOUNTED : SYSTEM;
    }

    @Override
    public String outcome(BadInput input) throws Exception {
        String name = names.get(input.n());
        String whole = kept.refusal(system(input), name);
        if (!whole.isEmpty()) {
            boolean isUntouched = Files.exists(out(input, name), java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return input.way().equals("name") && !isUntouched ? whole + ", and it was touched" : whole;
        }
        if (input.sent().equals(FileRecipes.NEW_CONTENT) && !isSentAgain(input, name)) {
            return "";
        }
        boolean isLine = input.way().equals("line");
        boolean haveNeighbours = !isLine
                || !kept.record(reading(8 + input.key())).isEmpty()
                        && !kept.record(reading(9 + input.key())).isEmpty();
        String line = kept.refusal(system(input), name + ":" + (isLine ? 3 : 2));
        String stored = line.isEmpty() ? kept.record(id(input)) : line;
        return haveNeighbours ? stored : "";
    }

    /** Once the first content is in, another comes under its name; true when that is in too. */
    private boolean isSentAgain(BadInput input, String name) throws Exception {
        String bodies = kept.bodies(id(input));
        if (!bodies.isEmpty() && sentAgain.add(input.n())) {
            sftp.put(name, FileRecipes.later(input));
        }
        return bodies.contains(FileRecipes.NEW_VALUE);
    }

    @Override
    public String made(BadInput input) {
        return kept.bodies(id(input));
    }

    private static String id(BadInput input) {
        return input.way().equals("meter") ? Kept.id(SYSTEM, "meter", "7" + input.key()) : reading("7" + input.key());
    }

    private static String reading(String asset) {
        return Kept.id(SYSTEM, "registerreading", asset);
    }

    void close() throws IOException {
        sftp.close();
    }
}
