package isthmus.flow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Reads an answer whole, within a size and a time, before anything parses it, and keeps the bytes as they came: they are
 * what the store keeps and what the reader reads.
 */
final class WireBytes extends AbstractPhaseInterceptor<Message> {
    static final String KEY = "isthmus.wire";

    private final int maxBytes;
    private final Duration within;

    WireBytes(int maxBytes, Duration within) {
        super(Phase.RECEIVE);
        this.maxBytes = maxBytes;
        this.within = within;
    }

    @Override
    public void handleMessage(Message message) {
        InputStream in = message.getContent(InputStream.class);
        if (in == null) {
            return;
        }
        String type = String.valueOf(message.get(Message.CONTENT_TYPE));
        if (type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart")) {
            throw new Fault(new IOException("an answer with attachments"));
        }
        try (in) {
            byte[] bytes = read(in);
            message.setContent(InputStream.class, new ByteArrayInputStream(bytes));
            message.getExchange().put(KEY, bytes);
        } catch (IOException fault) {
            throw new Fault(fault);
        }
    }

    /** In pieces, so that an answer without end takes no more memory than it may be long. */
    private byte[] read(InputStream in) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        List<byte[]> pieces = new ArrayList<>();
        byte[] buffer = new byte[1 << 16];
        int size = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            pieces.add(Arrays.copyOf(buffer, read));
            size += read;
            if (size > maxBytes) {
                throw new IOException("an answer of more than " + maxBytes + " bytes");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("an answer that takes longer than " + within);
            }
        }
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return whole;
    }
}
