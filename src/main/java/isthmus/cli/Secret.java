package isthmus.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A secret as it comes from a person or a pipe, and never from an argument. */
final class Secret {
    private static final int LONGEST = 65_536;

    private Secret() {}

    /** Asks twice on a terminal, without an echo; else takes standard input whole, less its last line end. */
    static String ask(String name) {
        Console console = terminal();
        String value = console == null ? piped() : typed(console, name);
        boolean isOdd = value.chars().anyMatch(one -> Character.isISOControl(one) && "\r\n\t".indexOf(one) < 0);
        if (value.isEmpty() || value.length() > LONGEST || isOdd || value.contains("${")) {
            throw new Refusal(Exit.USAGE, "A secret is a text of up to 64 KiB without ${ and control characters.");
        }
        return value;
    }

    private static String typed(Console console, String name) {
        char[] once = console.readPassword("%s: ", name);
        char[] again = console.readPassword("once more: ");
        if (once == null || !Arrays.equals(once, again)) {
            throw new Refusal(Exit.USAGE, "The two are not the same; nothing was changed.");
        }
        return new String(once);
    }

    private static String piped() {
        try {
            String text = new String(System.in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8);
            return text.replaceFirst("\\r?\\n$", "");
        } catch (IOException fault) {
            throw new UncheckedIOException("standard input cannot be read", fault);
        }
    }

    /** From Java 22 on there is a console also where nobody sits; it says so by a method that 17 has not. */
    private static @Nullable Console terminal() {
        Console console = System.console();
        try {
            boolean isThere = console != null
                    && (Runtime.version().feature() < 22
                            || Boolean.TRUE.equals(
                                    Console.class.getMethod("isTerminal").invoke(console)));
            return isThere ? console : null;
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }
}
