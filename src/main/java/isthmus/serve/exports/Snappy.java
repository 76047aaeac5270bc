package isthmus.serve.exports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Packs pages as every reader of Parquet can unpack them; the library's own way would load Hadoop. */
final class Snappy implements BytesInputCompressor {
    static final Snappy COMPRESSOR = new Snappy();

    private Snappy() {}

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        ByteArrayOutputStream clear = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(clear);
        byte[] packed = new byte[org.xerial.snappy.Snappy.maxCompressedLength(clear.size())];
        int length = org.xerial.snappy.Snappy.compress(clear.toByteArray(), 0, clear.size(), packed, 0);
        return BytesInput.from(Arrays.copyOf(packed, length));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.SNAPPY;
    }

    @Override
    public void release() {
        // Holds nothing.
    }
}
