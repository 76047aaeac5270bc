package isthmus.source;

import isthmus.model.Chunk;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file that has arrived: first its chunks, and once they are all committed, {@link #archive}. */
public final class FileArrival {
    private static final int SHOWN_BYTES = 4_096;

    private final Inbox inbox;
    private final Extraction extraction;
    private final Folder.Entry entry;
    private final boolean isStray;
    private Arrivals.@Nullable Arrival arrival;
    private @Nullable Reason refusedFor;
    private @Nullable FileChunks chunks;
    private List<String> header = List.of();

    /** @param stray given when the file's name is refused and the file itself never to be fetched */
    FileArrival(Inbox inbox, Folder.Entry entry, Arrivals.@Nullable Arrival stray) {
        this.inbox = inbox;
        this.extraction = inbox.extraction();
        this.entry = entry;
        isStray = stray != null;
        arrival = stray;
    }

    /**
     * Fetches and checks the file and cuts it, after the last line that is committed already, into chunks. A file that is
     * refused as a whole gives one chunk with one refused piece.
     *
     * @throws SourceAway when it cannot be fetched whole
     */
    public Iterator<Chunk> chunks() {
        if (isStray) {
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            return refuse(Inbox.strayName(), name, null, null);
        }
        try {
            return open(inbox.fetch(entry));
        } catch (IOException fault) {
            throw new SourceAway("cannot read the fetched file " + entry.name(), fault);
        }
    }

    private Iterator<Chunk> open(Path local) throws IOException {
        String sha256 = Digests.sha256(local);
        String hash = "sha256:" + sha256;
        arrival = arrival(sha256, null);
        try {
            if (entry.size() == 0) {
                throw new Refused(Reason.FILE_EMPTY, "expected at least a header");
            }
            String name = entry.name();
            String member = Archives.member(name, extraction.setting("member", ""));
            Archives.Unpacked unpacked =
                    member == null ? new Archives.Unpacked(local, null) : Archives.unpack(local, name, member);
            Format format = Format.of(extraction.system(), extraction.pull());
            Format.Sound sound = format.check(unpacked.file());
            header = sound.names();
            arrival = arrival(sha256, sound.businessTime());
            Arrivals.Claim claim = inbox.arrivals().claim(arrival, extraction.run());
            if (claim.state() == Arrivals.State.DONE) {
                return Collections.emptyIterator();
            }
            var received = new FileChunks.Received(name, sha256, local, unpacked.file(), unpacked.member());
            Origin origin = origin(hash, unpacked.member(), sound.businessTime());
            chunks = new FileChunks(extraction, received, format, sound, origin, claim.linesDone());
            return chunks;
        } catch (Refused refused) {
            header = refused.header();
            inbox.arrivals().claim(arrival, extraction.run());
            return refuse(refused, beginning(local), hash, local);
        }
    }

    private Iterator<Chunk> refuse(Refused refused, byte[] shown, @Nullable String hash, @Nullable Path local) {
        refusedFor = refused.reason();
        Piece piece = new Piece(new String[0], List.of(), 0, entry.name(), () -> shown, refused.rejection());
        boolean isKept = entry.size() > 0 && entry.size() <= FileChunks.MAX_RAW;
        byte[] raw = local != null && isKept ? whole(local) : null;
        Origin origin = origin(hash, null, null);
        return List.of(extraction.chunk(null, List.of(piece), origin, raw, null))
                .iterator();
    }

    /**
     * Closes the file's row in the ledger and puts the file away under a name of its own; call it when all chunks are
     * committed. In this order: a file that is closed and still lies there is put away the next time, while nobody would
     * come by a file that has gone and was never closed.
     */
    public void archive() {
        Arrivals.Arrival done = java.util.Objects.requireNonNull(arrival, "archived before it was read");
        close();
        if (isStray) {
            inbox.arrivals().refused(done, extraction.run(), Reason.FILE_NAME, null);
            return;
        }
        String target = inbox.placeFor(done.name(), done.sha256(), refusedFor != null);
        if (refusedFor != null) {
            inbox.arrivals().refused(done, extraction.run(), refusedFor, target);
        } else {
            inbox.arrivals().finished(done, extraction.run(), target);
        }
        inbox.putAway(done.name(), target);
    }

    /** The column names of its first line, known with its {@link #chunks}; empty when there are none. */
    public List<String> header() {
        return header;
    }

    void close() {
        if (chunks != null) {
            chunks.close();
        }
    }

    private Arrivals.Arrival arrival(String sha256, @Nullable OffsetDateTime businessTime) {
        return new Arrivals.Arrival(
                extraction.system().name(), extraction.pull().name(), entry.name(), sha256, entry.size(), businessTime);
    }

    private Origin origin(@Nullable String hash, @Nullable String member, @Nullable OffsetDateTime businessTime) {
        OffsetDateTime at = businessTime;
        if (at == null) {
            at = entry.modified() == 0
                    ? extraction.start()
                    : Instant.ofEpochMilli(entry.modified())
                            .atZone(extraction.system().zone())
                            .toOffsetDateTime();
        }
        return new Origin(extraction.system().transport(), entry.name(), hash, member, at);
    }

    private static byte[] beginning(Path local) throws IOException {
        try (InputStream in = Files.newInputStream(local)) {
            return in.readNBytes(SHOWN_BYTES);
        }
    }

    private static byte[] whole(Path local) {
        try {
            return Files.readAllBytes(local);
        } catch (IOException fault) {
            throw new SourceAway("cannot read the fetched file", fault);
        }
    }
}
