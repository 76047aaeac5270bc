package isthmus.chaos;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** A metering file server over plain FTP that plays one {@link Trick} at a time upon whoever asks. */
final class TroubledFtp implements Closeable {
    /** What goes wrong between a client and its FTP server. */
    enum Trick {
        NONE,
        SHORT_AND_226,
        SHORT_AND_451,
        DATA_RESET,
        CONTROL_CUT_BEFORE_226,
        DATA_PORT_REFUSED,
        TOO_BUSY_421,
        LOGIN_REFUSED_530,
        RENAME_REFUSED_550,
        PASV_NAMES_ANOTHER_HOST
    }

    private static final int DATA_BEFORE_THE_RESET = 4_000;

    final Path root;
    volatile Trick trick = Trick.NONE;
    private final FtpServer server;
    private final Listener listener;
    private final Queue<CutProxy> dataProxies = new ConcurrentLinkedQueue<>();

    TroubledFtp(Path root) throws IOException, FtpException {
        this.root = root;
        for (String directory : List.of("out", "archive", "refused")) {
            Files.createDirectories(root.resolve(directory));
        }
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress("127.0.0.1");
        listeners.setPort(free());
        listener = listeners.createListener();
        FtpServerFactory servers = new FtpServerFactory();
        servers.addListener("default", listener);
        var users = new PropertiesUserManagerFactory().createUserManager();
        BaseUser user = new BaseUser();
        user.setName("meter");
        user.setPassword("secret");
        user.setHomeDirectory(root.toString());
        user.setAuthorities(List.of(new WritePermission()));
        users.save(user);
        servers.setUserManager(users);
        servers.setCommandFactory(commands());
        server = servers.createServer();
        server.start();
    }

    private CommandFactory commands() {
        CommandFactory honest = new CommandFactoryFactory().createCommandFactory();
        Map<String, Command> tricks = new HashMap<>();
        tricks.put("USER", answering(Trick.TOO_BUSY_421, 421, "too many users", honest.getCommand("USER")));
        tricks.put("PASS", answering(Trick.LOGIN_REFUSED_530, 530, "not logged in", honest.getCommand("PASS")));
        tricks.put("RNTO", answering(Trick.RENAME_REFUSED_550, 550, "cannot rename", honest.getCommand("RNTO")));
        tricks.put("RETR", (session, context, request) -> {
            switch (trick) {
                case SHORT_AND_226 -> send(session, request.getArgument(), 2, 226);
                case SHORT_AND_451 -> send(session, request.getArgument(), 2, 451);
                case CONTROL_CUT_BEFORE_226 -> send(session, request.getArgument(), 1, 0);
                default -> honest.getCommand("RETR").execute(session, context, request);
            }
        });
        tricks.put("PASV", (session, context, request) -> {
            switch (trick) {
                case DATA_RESET, DATA_PORT_REFUSED, PASV_NAMES_ANOTHER_HOST -> pasv(session);
                default -> honest.getCommand("PASV").execute(session, context, request);
            }
        });
        return name -> tricks.getOrDefault(name, honest.getCommand(name));
    }

    private Command answering(Trick when, int code, String text, Command honest) {
        return (session, context, request) -> {
            if (trick != when) {
                honest.execute(session, context, request);
                return;
            }
            session.resetState();
            session.write(new DefaultFtpReply(code, text));
            if (code == 421) {
                session.closeOnFlush();
            }
        };
    }

    /** A part of the file, and then this reply; 0 for the end of the control connection. */
    private void send(FtpIoSession session, String name, int part, int code) throws IOException {
        byte[] whole = Files.readAllBytes(root.resolve(name.replaceFirst("^/", "")));
        session.resetState();
        session.write(new DefaultFtpReply(150, "here it comes"));
        try {
            var data = session.getDataConnection().openConnection();
            data.transferToClient(
                    session.getFtpletSession(), new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / part)));
        } catch (Exception fault) {
            throw new IOException(fault);
        } finally {
            session.getDataConnection().closeDataConnection();
        }
        if (code == 0) {
            session.closeNow();
        } else {
            session.write(new DefaultFtpReply(code, "so much for that"));
        }
    }

    private void pasv(FtpIoSession session) throws IOException {
        int port;
        try {
            InetSocketAddress data = session.getDataConnection().initPassiveDataConnection();
            port = data.getPort();
        } catch (org.apache.ftpserver.DataConnectionException fault) {
            throw new IOException(fault);
        }
        if (trick == Trick.DATA_RESET) {
            CutProxy proxy = new CutProxy(port);
            proxy.cutAfter(Way.DOWN, DATA_BEFORE_THE_RESET, End.RST, 1);
            dataProxies.add(proxy);
            port = proxy.port();
        } else if (trick == Trick.DATA_PORT_REFUSED) {
            port = free();
        }
        String host = trick == Trick.PASV_NAMES_ANOTHER_HOST ? "10,1,2,3" : "127,0,0,1";
        session.resetState();
        session.write(
                new DefaultFtpReply(227, "Entering Passive Mode (%s,%d,%d)".formatted(host, port / 256, port % 256)));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "METERING_TRANSPORT", "ftp",
                "METERING_INSECURE", "true",
                "METERING_HOST", "127.0.0.1",
                "METERING_PORT", Integer.toString(listener.getPort()),
                "METERING_USER", "meter",
                "METERING_PASSWORD", "secret");
    }

    @Override
    public void close() throws IOException {
        server.stop();
        for (CutProxy proxy : dataProxies) {
            proxy.close();
        }
    }
}
