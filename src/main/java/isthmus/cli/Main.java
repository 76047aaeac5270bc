package isthmus.cli;

import isthmus.catalog.ConfigurationFault;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command {@code isthmus}: reads as the table of contents of what people can ask of the hub. */
@Command(
        name = "isthmus",
        mixinStandardHelpOptions = true,
        version = "isthmus 0.1.0",
        description = "A land bridge between a utility's legacy systems and one unified data service.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            RunsCommand.class,
            CursorCommand.class,
            QuarantineCommand.class,
            ReconcileCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:a check failed (a red run, a truth that does not hold, a difference)",
            "2:wrong usage or wrong configuration; nothing was started",
            "3:a server cannot be reached",
            "4:refused by a guard"
        })
public final class Main {

    public static void main(String[] args) {
        // Names are Chinese whatever the terminal's locale says.
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        System.exit(run(args));
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /** Runs one command in this JVM and answers its exit code. */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true))
                .setExecutionExceptionHandler(tellPlainly())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    private static IExecutionExceptionHandler tellPlainly() {
        return (fault, commandLine, parsed) -> {
            Throwable cause = Causes.root(fault);
            if (cause instanceof ConfigurationFault wrong) {
                commandLine.getErr().println(wrong.getMessage());
                return Exit.USAGE;
            }
            if (cause instanceof Refusal refusal) {
                commandLine.getErr().println(refusal.getMessage());
                return refusal.exitCode();
            }
            if (Causes.worldFailed(fault)) {
                commandLine.getErr().println("Cannot reach a server: " + Causes.describe(cause));
                return Exit.CANNOT_REACH;
            }
            fault.printStackTrace(commandLine.getErr());
            return Exit.CHECK_FAILED;
        };
    }
}
