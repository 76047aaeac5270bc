package isthmus.chaos;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One client's link through the proxy: two threads that carry bytes, until the rule says otherwise. */
final class CutLink {
    private final CutProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicInteger running = new AtomicInteger(2);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean isSwallowed;
    private volatile boolean isAnswerLost;

    CutLink(CutProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        thread("cut-up " + proxy.port(), () -> carry(Way.UP, client, server));
        thread("cut-down " + proxy.port(), () -> carry(Way.DOWN, server, client));
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(Way way, Socket from, Socket to) {
        try {
            pump(way, from.getInputStream(), to.getOutputStream());
            if (!isSwallowed) {
                to.shutdownOutput();
            }
            if (running.decrementAndGet() == 0 || isSwallowed && way == Way.UP) {
                close();
            }
        } catch (IOException gone) {
            close();
        }
    }

    private void pump(Way way, InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8_192];
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CutRule rule = proxy.rule();
        long carried = 0;
        for (int n = in.read(buffer); n >= 0 && !closed.get(); n = in.read(buffer)) {
            if (rule != proxy.rule()) {
                rule = proxy.rule();
                carried = 0;
                said.reset();
            }
            isSwallowed |= rule.swallows();
            if (isSwallowed) {
                continue;
            }
            if (isAnswerLost && way == Way.DOWN) {
                cut(End.RST);
                return;
            }
            if (way == rule.way() && carried + n > rule.after() && rule.takesOne()) {
                out.write(buffer, 0, (int) (rule.after() - carried));
                out.flush();
                cut(rule.end());
                return;
            }
            if (way == Way.UP && rule.words().length > 0) {
                said.write(buffer, 0, n);
                isAnswerLost |= holds(said.toByteArray(), rule.words()) && rule.takesOne();
            }
            if (rule.isSlow()) {
                slow(rule, n);
            }
            out.write(buffer, 0, n);
            out.flush();
            carried += n;
            (way == Way.UP ? proxy.up : proxy.down).addAndGet(n);
        }
    }

    private static void slow(CutRule rule, int bytes) {
        long pause = rule.latency().toNanos();
        if (rule.bytesPerSecond() > 0) {
            pause += bytes * 1_000_000_000L / rule.bytesPerSecond();
        }
        long until = System.nanoTime() + pause;
        for (long left = pause; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static boolean holds(byte[] text, byte[] words) {
        for (int at = 0; at + words.length <= text.length; at++) {
            if (Arrays.equals(text, at, at + words.length, words, 0, words.length)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the link for the client in this way; the server just sees it close. */
    void cut(End end) {
        proxy.cuts.incrementAndGet();
        try {
            if (end == End.RST) {
                client.setSoLinger(true, 0);
            } else {
                client.shutdownOutput();
            }
        } catch (IOException gone) {
            // Somebody closed it before us, which is as good.
        }
        close();
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            closeQuietly(client);
            closeQuietly(server);
            proxy.ended(this);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closed is what it shall be.
        }
    }
}
