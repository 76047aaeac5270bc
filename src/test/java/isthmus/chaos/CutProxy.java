package isthmus.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands on loopback in front of any server and plays the network's faults; what it does can be changed while links run.
 * Bytes are counted on each link from the moment of the change.
 */
final class CutProxy implements Closeable {
    /** UP is what the client says, DOWN what the server answers. */
    enum Way {
        UP,
        DOWN
    }

    /** How a link ends for the client: a reset, or an end as if all had been said. */
    enum End {
        RST,
        FIN
    }

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger cuts = new AtomicInteger();
    final AtomicLong up = new AtomicLong();
    final AtomicLong down = new AtomicLong();
    private final InetSocketAddress target;
    private final Set<CutLink> links = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket door;
    private volatile CutRule rule = CutRule.PASS;

    CutProxy(int target) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        door = open(0);
        port = door.getLocalPort();
    }

    int port() {
        return port;
    }

    /** The bytes pass from now on, on every link that was not cut or swallowed before. */
    void pass() {
        play(CutRule.PASS);
    }

    /** The next links to carry so many bytes one way end there. */
    void cutAfter(Way way, long bytes, End end, int times) {
        play(CutRule.cut(way, bytes, end, times));
    }

    /** The server hears the words, but the link is reset in the place of its answer; once. */
    void loseTheAnswerTo(String words) {
        play(CutRule.lose(words));
    }

    /** Every link stays open and nothing comes through, and a link that was so once stays so: a half-open line. */
    void swallow() {
        play(CutRule.SWALLOW);
    }

    void slow(Duration latency, int bytesPerSecond) {
        play(CutRule.slow(latency, bytesPerSecond));
    }

    /** Nobody listens any more; links that are open stay. */
    void refuse() throws IOException {
        door.close();
    }

    void cutAllNow(End end) {
        links.forEach(link -> link.cut(end));
    }

    /** Links that are open now. */
    int open() {
        return links.size();
    }

    CutRule rule() {
        return rule;
    }

    private void play(CutRule next) {
        rule = next;
        if (door.isClosed()) {
            try {
                door = open(port);
            } catch (IOException taken) {
                throw new UncheckedIOException(taken);
            }
        }
    }

    private ServerSocket open(int at) throws IOException {
        ServerSocket fresh = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
        CutLink.thread("cut-proxy " + fresh.getLocalPort(), () -> accept(fresh));
        return fresh;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                accepted.incrementAndGet();
                connect(client);
            } catch (IOException closed) {
                // The door is shut, or this one guest has gone already; the loop's head knows which.
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target, 5_000);
        } catch (IOException away) {
            client.setSoLinger(true, 0);
            client.close();
            server.close();
            return;
        }
        CutLink link = new CutLink(this, client, server);
        links.add(link);
        link.start();
    }

    void ended(CutLink link) {
        links.remove(link);
    }

    @Override
    public void close() throws IOException {
        door.close();
        cutAllNow(End.RST);
    }
}
