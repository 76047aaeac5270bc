package isthmus.serve;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question as bytes on the wire, for what a decent client does not send. */
public final class Wire {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private Wire() {}

    /** Everything that is answered until the service hangs up; say {@code Connection: close}. */
    public static String ask(String address, String question) throws IOException {
        URI at = URI.create(address);
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The answer alone, whether the service hangs up behind it or waits for more of the question. */
    public static String answer(String address, String question) throws IOException {
        URI at = URI.create(address);
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
            byte[] some = new byte[1 << 16];
            for (int n = 0;
                    n >= 0;
                    n = isWhole(answer) ? -1 : socket.getInputStream().read(some)) {
                answer.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
            }
        }
        return new String(answer.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static boolean isWhole(StringBuilder answer) {
        int head = answer.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(answer);
        return head > 0 && length.find() && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
    }

    /** The three digits alone. */
    public static String status(String address, String question) throws IOException {
        return ask(address, question).split(" ", 3)[1];
    }
}
