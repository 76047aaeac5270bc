package isthmus.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP connection that is kept, with as little code as can be: what measures shares the processor with what is measured. */
final class KeptConnection implements AutoCloseable {
    private static final int OK = 200;
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] some = new byte[BUFFER];

    KeptConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** @param length of the body, in bytes */
    record Answer(int status, long length) {
        boolean isOk() {
            return status == OK;
        }
    }

    /** Asks and takes the whole answer; an answer that is cut is an exception. */
    Answer get(String path) throws IOException {
        out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        boolean isChunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String low = header.toLowerCase(Locale.ROOT);
            if (low.startsWith("content-length:")) {
                length =
                        Long.parseLong(low.substring("content-length:".length()).strip());
            }
            isChunked |= low.startsWith("transfer-encoding:") && low.contains("chunked");
        }
        if (isChunked) {
            return new Answer(status, chunks());
        }
        skip(length);
        return new Answer(status, length);
    }

    private long chunks() throws IOException {
        long length = 0;
        for (int chunk = size(); chunk > 0; chunk = size()) {
            skip(chunk);
            line();
            length += chunk;
        }
        String trailer = line();
        while (!trailer.isEmpty()) {
            trailer = line();
        }
        return length;
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            int read = in.read(some, 0, (int) Math.min(left, some.length));
            if (read < 0) {
                throw new EOFException("the answer was cut");
            }
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer was cut");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
