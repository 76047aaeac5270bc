package isthmus.hostile;

import isthmus.flow.HostileFtp;
import isthmus.flow.HostileFtp.Trick;
import isthmus.flow.Sftp;
import isthmus.store.Store;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FTP servers of which one lists names that no file has ({@code listing}) and the others each play a trick ({@code ftp}). */
final class ListingWay implements Way {
    private static final String LISTING = "listing";
    private static final String NAME = "READ_20261101_D1.csv";

    private final Map<String, HostileFtp> servers = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Kept kept;
    private RunningHub hub;

    ListingWay(Folders folders, Store store) throws IOException {
        kept = new Kept(store);
        HostileFtp listing = add(folders, LISTING);
        BadInputs.by(LISTING).forEach(input -> listing.alsoListed.add(input.text()));
        for (BadInput input : BadInputs.by("ftp")) {
            add(folders, system(input)).trick = Trick.valueOf(input.sent());
        }
    }

    private static String system(BadInput input) {
        return "ftp" + input.n();
    }

    private HostileFtp add(Folders folders, String system) throws IOException {
        String text = Sftp.readings(Sftp.reading("4901", "10.50"), Sftp.reading("4902", "20.25"));
        HostileFtp server = new HostileFtp(NAME, text.getBytes(Sftp.GB18030));
        servers.put(system, server);
        String own = system.toUpperCase(java.util.Locale.ROOT) + "_";
        server.environment("ftp").forEach((name, value) -> environment.put(name.replace("METERING_", own), value));
        folders.readings(
                system,
                card -> card.replace("METERING_", own)
                        .replace("  host:", "  connectTimeout: PT2S\n  readTimeout: PT2S\n  host:"));
        return server;
    }

    Map<String, String> environment() {
        return environment;
    }

    void against(RunningHub running) {
        hub = running;
    }

    @Override
    public String outcome(BadInput input) throws IOException {
        if (input.way().equals(LISTING)) {
            String refusal = listed(input);
            boolean isPassedOver = refusal.isEmpty()
                    && BadInputs.by(LISTING).stream()
                            .allMatch(other ->
                                    other.equals(input) || !listed(other).isEmpty());
            return isPassedOver ? "no file" : refusal;
        }
        Matcher told = Pattern.compile(system(input) + "\\.[a-z]+(?: tried again)?: ([A-Z]+(?:-[A-Z]+)*)")
                .matcher(hub.log());
        boolean isNothingStored = kept.record(reading(input, "49")).isEmpty();
        boolean mayFail = !input.sent().equals(Trick.SENDS_TO_ANOTHER_ADDRESS.name());
        return mayFail && told.find() && isNothingStored ? told.group(1) : kept.record(reading(input, "4901"));
    }

    private String listed(BadInput input) {
        // A NUL is kept as the sign for one.
        return kept.refusal(LISTING, input.text().replace('\0', '\u2400'));
    }

    private static String reading(BadInput input, String asset) {
        return Kept.id(system(input), "registerreading", asset);
    }

    /** What the server of names was asked that is about a file, but for the one that it has. */
    List<String> askedAmiss() {
        return servers.get(LISTING).asked.stream()
                .filter(command -> command.matches("(RETR|DELE|RNFR|RNTO|STOR|MKD|CWD) .*"))
                .filter(command -> !command.matches("(RETR|DELE|RNFR) /out/" + NAME + "(\\.done)?|RNTO /archive/[^/]*"
                        + NAME + "|CWD .*/archive/[^/]*|(CWD|MKD) (/|/?out|/?archive|/?refused)"))
                .toList();
    }

    /** The servers behave from now on; true when all files have been read. */
    boolean areAllReadOnceTheyBehave() {
        servers.values().forEach(server -> server.trick = Trick.NOTHING);
        return BadInputs.by("ftp").stream()
                .allMatch(input -> kept.record(reading(input, "490")).equals("2 records"));
    }

    /** Who has believed an answer that names another machine for the data. */
    int strangers() {
        return servers.values().stream()
                .mapToInt(server -> server.strangers.get())
                .sum();
    }

    void close() throws IOException {
        for (HostileFtp server : servers.values()) {
            server.close();
        }
    }
}
