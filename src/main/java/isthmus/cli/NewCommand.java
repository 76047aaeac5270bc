package isthmus.cli;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.Problems.Fault;
import isthmus.normalize.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus new}: the folder of a new system. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Writes routes/SYSTEM with an example that lints, passes its samples and runs against the demo.")
final class NewCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SYSTEM", description = "Lower-case letters, digits, hyphens; part of every id, for ever.")
    private String system = "";

    @Option(
            names = "--from",
            paramLabel = "TRANSPORT",
            required = true,
            description = "jdbc, sftp, ftp, ftps, file or soap.")
    private String from = "";

    @Option(names = "--bare", description = "Without an example: only who the system is and how it is reached.")
    private boolean bare;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        Home home = Home.here();
        Path folder = home.routes().resolve(system);
        if (!system.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new Refusal(
                    Exit.USAGE, "Not a name of a system: " + system + "; lower-case letters, digits, hyphens.");
        }
        if (!Scaffold.transports().contains(from)) {
            throw new Refusal(
                    Exit.USAGE, "Not a way into a system: " + from + "; one of " + Scaffold.transports() + ".");
        }
        if (Files.exists(folder)) {
            throw new Refusal(Exit.REFUSED, folder + " is there already; nothing was written.");
        }
        Scaffold scaffold = new Scaffold(system, from);
        scaffold.write(folder, bare);
        if (!bare) {
            new Samples(CatalogReader.offline(List.of(folder), home.config())).run(system, true);
        }
        List<Fault> faults = bare ? List.of() : CatalogReader.lint(List.of(folder));
        String variables = scaffold.variables().values().stream()
                .map(name -> "  export " + name + "=…")
                .collect(Collectors.joining("\n"));
        voice.answer(
                Map.of(
                        "folder",
                        folder.toString(),
                        "environment",
                        scaffold.variables().values(),
                        "faults",
                        faults),
                """
                Wrote %s. Set where it is (with --data, the demo answers instead):
                %s
                then
                  isthmus discover %s        what is there
                  isthmus lint %s            what is wrong with the folder
                  isthmus check %s           whether it can be pulled from
                  isthmus dryrun %s          what would come out
                docs/adding-a-system.md goes through it.""".formatted(folder, variables, system, system, system, system));
        return faults.isEmpty() ? Exit.OK : Exit.CHECK_FAILED;
    }
}
