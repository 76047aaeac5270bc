package isthmus.cli;

import ch.qos.logback.classic.Level;
import isthmus.catalog.ConfigurationFault;
import isthmus.flow.HeldElsewhere;
import isthmus.model.Reason;
import isthmus.security.seal.SealAway;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
            NewCommand.class,
            DiscoverCommand.class,
            LintCommand.class,
            TestCommand.class,
            CheckCommand.class,
            DryRunCommand.class,
            RunCommand.class,
            DevCommand.class,
            ReloadCommand.class,
            RunsCommand.class,
            CursorCommand.class,
            BackfillCommand.class,
            QuarantineCommand.class,
            ReconcileCommand.class,
            IdentityCommand.class,
            AuditCommand.class,
            TraceCommand.class,
            ScoreCommand.class,
            DeletesCommand.class,
            ContractCommand.class,
            KeyCommand.class,
            SealCommand.class,
            EraseCommand.class,
            ShareCommand.class,
            SecretCommand.class,
            TokenCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:a check failed (a red run, a truth that does not hold, a difference), or a night is amber",
            "2:wrong usage or wrong configuration, nothing was started; or a night is red",
            "3:a server cannot be reached",
            "4:refused by a guard"
        })
public final class Main {
    private static @Nullable Terminal terminal;

    public static void main(String[] args) {
        // Names are Chinese whatever the terminal's locale says.
        System.setOut(utf8(FileDescriptor.out));
        PrintStream error = utf8(FileDescriptor.err);
        if (System.console() != null) {
            terminal = new Terminal(error);
        }
        System.setErr(terminal == null ? error : terminal.stream());
        // Until Spring sets its own levels; most commands of an engineer's bench start no Spring.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.ERROR);
        }
        System.exit(run(args));
    }

    /** Where bars may be drawn, or null when nobody looks. */
    static @Nullable Terminal terminal() {
        return terminal;
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
            if (cause instanceof SealAway away) {
                commandLine.getErr().println(Reason.SEAL_AWAY.code() + ": " + away.getMessage());
                return Exit.CANNOT_REACH;
            }
            if (cause instanceof HeldElsewhere held) {
                commandLine.getErr().println(held.getMessage());
                return Exit.REFUSED;
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
