package isthmus.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An FTP server with one file in /out that does what no FTP server should; remembers what it was asked. */
public final class HostileFtp implements AutoCloseable {
    /** What it does amiss. */
    public enum Trick {
        NOTHING,
        ENDS_EARLY_AND_SAYS_DONE,
        CUTS_BOTH_CONNECTIONS,
        SENDS_TO_ANOTHER_ADDRESS,
        OPENS_NO_DATA_PORT,
        FALLS_SILENT_IN_A_FILE,
        IS_BUSY,
        KNOWS_NOBODY,
        LISTS_NOTHING,
        REFUSES_TLS
    }

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final AtomicInteger strangers = new AtomicInteger();
    public volatile Trick trick = Trick.NOTHING;

    /** Names that it lists besides, each with its marker and as it is written here. */
    public final List<String> alsoListed = new CopyOnWriteArrayList<>();

    private final String name;
    private final byte[] file;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ServerSocket data = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    /** The same port at another address: who comes here has believed the answer to PASV. */
    private final ServerSocket elsewhere =
            new ServerSocket(data.getLocalPort(), 50, InetAddress.getByName("127.0.0.2"));

    public HostileFtp(String name, byte[] file) throws IOException {
        this.name = name;
        this.file = file;
        start(() -> {
            while (true) {
                Socket control = door.accept();
                start(() -> serve(control));
            }
        });
        start(() -> {
            while (true) {
                elsewhere.accept().close();
                strangers.incrementAndGet();
            }
        });
    }

    public Map<String, String> environment(String transport) {
        Map<String, String> environment = new HashMap<>();
        environment.put("METERING_TRANSPORT", transport);
        environment.put("METERING_HOST", "127.0.0.1");
        environment.put("METERING_PORT", Integer.toString(door.getLocalPort()));
        environment.put("METERING_USER", "meter");
        environment.put("METERING_PASSWORD", "open-sesame");
        environment.put("METERING_INSECURE", "true");
        environment.put("METERING_CERTIFICATE", "0".repeat(64));
        return environment;
    }

    private void serve(Socket control) throws IOException {
        try (control) {
            var in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
            say(control, trick == Trick.IS_BUSY ? "421 come back later" : "220 welcome");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.add(line);
                answer(control, line.split(" ", 2)[0], line);
            }
        }
    }

    private void answer(Socket control, String command, String line) throws IOException {
        switch (command) {
            case "AUTH" -> say(control, "500 what is TLS?");
            case "USER" -> say(control, "331 and the password?");
            case "PASS" -> say(control, trick == Trick.KNOWS_NOBODY ? "530 nobody" : "230 in");
            case "SYST" -> say(control, "215 UNIX Type: L8");
            case "PWD" -> say(control, "257 \"/\" is here");
            case "CWD" -> say(control, line.endsWith("archive") || line.endsWith("/") ? "250 there" : "550 no");
            case "SIZE" -> say(control, "550 no such file");
            case "PASV" -> pasv(control);
            case "LIST" -> list(control);
            case "RETR" -> retrieve(control);
            case "RNFR" -> say(control, "350 to?");
            case "QUIT" -> say(control, "221 bye");
            default -> say(control, "250 as you like");
        }
    }

    private void pasv(Socket control) throws IOException {
        int port = trick == Trick.OPENS_NO_DATA_PORT ? 1 : data.getLocalPort();
        String host = trick == Trick.SENDS_TO_ANOTHER_ADDRESS ? "127,0,0,2" : "127,0,0,1";
        say(control, "227 Entering Passive Mode (" + host + "," + port / 256 + "," + port % 256 + ")");
    }

    private void list(Socket control) throws IOException {
        if (trick == Trick.LISTS_NOTHING) {
            data.accept().close();
            say(control, "450 not now");
            return;
        }
        say(control, "150 here it comes");
        StringBuilder listing = new StringBuilder();
        alsoListed.forEach(other -> listing.append(listed(other)));
        listing.append(listed(name));
        try (Socket socket = data.accept()) {
            socket.getOutputStream().write(listing.toString().getBytes(StandardCharsets.UTF_8));
        }
        say(control, "226 done");
    }

    private String listed(String one) {
        return "-rw-r--r-- 1 m m " + file.length + " Nov  2 01:30 " + one + "\r\n-rw-r--r-- 1 m m 0 Nov  2 01:30 " + one
                + ".done\r\n";
    }

    private void retrieve(Socket control) throws IOException {
        say(control, "150 here it comes");
        Socket socket = data.accept();
        OutputStream out = socket.getOutputStream();
        out.write(file, 0, file.length / 2);
        out.flush();
        if (trick == Trick.FALLS_SILENT_IN_A_FILE) {
            return;
        }
        if (trick == Trick.CUTS_BOTH_CONNECTIONS) {
            socket.setSoLinger(true, 0);
            socket.close();
            control.close();
            return;
        }
        if (trick != Trick.ENDS_EARLY_AND_SAYS_DONE) {
            out.write(file, file.length / 2, file.length - file.length / 2);
        }
        socket.close();
        say(control, "226 done");
    }

    private static void say(Socket control, String line) throws IOException {
        control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private interface Work {
        void go() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.go();
            } catch (IOException closed) {
                // The test has ended, or the hub has had enough.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        data.close();
        elsewhere.close();
    }
}
