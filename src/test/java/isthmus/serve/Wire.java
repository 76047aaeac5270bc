package isthmus.serve;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A question as bytes on the wire, for what a decent client does not send. */
public final class Wire {
    private static final int PATIENCE_MILLIS = 30_000;

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

    /** The three digits alone. */
    public static String status(String address, String question) throws IOException {
        return ask(address, question).split(" ", 3)[1];
    }
}
