package isthmus.serve.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A record a line, its canonical bytes; the last line tells that it is the last. */
final class JsonLines implements ExportRows {
    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void add(ByteBuffer body) throws IOException {
        out.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
        out.write('\n');
    }

    @Override
    public void end(Extent extent) throws IOException {
        say("{\"end\":true,\"rows\":" + extent.rows() + ",\"after\":\"" + extent.last() + "\"}\n");
    }

    @Override
    public void breakOff(String code) throws IOException {
        say("{\"end\":false,\"code\":\"" + code + "\"}\n");
    }

    private void say(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
