package isthmus.cli;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.Problems.Fault;
import isthmus.crosscheck.Rules;
import isthmus.identity.IdentityRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code isthmus lint}: every fault of the folders at once, without an environment and without a server. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Tells every fault of system folders, of config/reconciliation and of config/identity.yaml, and every secret that is written out, as file:line: reason: hint; connects to nothing.")
final class LintCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "Systems by name, their folders, or folders of such; default: all.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        Home home = Home.here();
        List<Path> folders = new ArrayList<>();
        for (String path : paths) {
            Path named = home.routes().resolve(path);
            Path folder = Files.isDirectory(named) ? named : Path.of(path);
            if (!Files.isDirectory(folder)) {
                throw new Refusal(Exit.USAGE, "There is no folder " + path + ", and no system of that name.");
            }
            folders.add(folder);
        }
        List<Fault> faults = new ArrayList<>(CatalogReader.lint(paths.isEmpty() ? List.of(home.routes()) : folders));
        if (paths.isEmpty()) {
            faults.addAll(CatalogReader.secrets(home.config()));
            faults.addAll(Rules.lint(home.config(), names(home)));
            faults.addAll(IdentityRules.lint(home.config(), names(home), CatalogReader.sound(home.systems())));
        }
        String text = faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
        voice.answer(faults, faults.isEmpty() ? "No fault." : text + "\n" + Count.of(faults.size(), "fault"));
        return faults.isEmpty() ? Exit.OK : Exit.CHECK_FAILED;
    }

    private static Set<String> names(Home home) {
        return home.systems().stream()
                .map(folder -> folder.getFileName().toString())
                .collect(Collectors.toSet());
    }
}
