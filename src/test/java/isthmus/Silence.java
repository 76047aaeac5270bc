package isthmus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that takes every connection and never says a word; or, before a real server, a go-between that falls silent when
 * it is told to, as a link does of which the other half is gone.
 */
public final class Silence implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> held = new CopyOnWriteArrayList<>();
    private final int behind;
    private volatile boolean isMute;

    public Silence() throws IOException {
        this(0);
    }

    /** @param behind the port of the real server; 0 for none */
    public Silence(int behind) throws IOException {
        this.behind = behind;
        isMute = behind == 0;
        start(this::take);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on nothing goes through, and nothing is closed. */
    public void fall() {
        isMute = true;
    }

    private void take() throws IOException {
        while (!door.isClosed()) {
            Socket near = door.accept();
            held.add(near);
            if (behind != 0) {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), behind);
                held.add(far);
                start(() -> pass(near.getInputStream(), far.getOutputStream()));
                start(() -> pass(far.getInputStream(), near.getOutputStream()));
            }
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (!isMute) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private interface Work {
        void go() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.go();
            } catch (IOException closed) {
                // The test has ended, or the other side has given up, which is what is waited for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : held) {
            socket.close();
        }
    }
}
