package isthmus.hostile;

import isthmus.flow.Sftp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Whole files, by the name of what is wrong with them. */
final class FileRecipes {
    private static final int LONG_LINE = 100 << 20;
    private static final int ZIP = 1;
    private static final int GZIP = 2;
    private static final int BOMB = 1 << 30;
    private static final int MANY = 100_000;

    static final String NEW_CONTENT = "another content under its name";
    static final String NEW_VALUE = "12.75";

    private FileRecipes() {}

    static String ending(String recipe) {
        return recipe.startsWith("zip:") ? ".zip" : recipe.startsWith("gz:") ? ".gz" : "";
    }

    static byte[] bytes(BadInput input, String name) throws IOException {
        String own = Sftp.reading("7" + input.key(), "10.50");
        String good = Sftp.readings(own, FileWay.sound(input, 8));
        byte[] sound = good.getBytes(Sftp.GB18030);
        String member = name.replaceFirst("\\.(zip|gz)$", "");
        return switch (input.sent()) {
            case "empty" -> new byte[0];
            case "cut" -> Arrays.copyOf(sound, sound.length - 20);
            case "a header alone" -> good.substring(0, good.indexOf('\n') + 1).getBytes(Sftp.GB18030);
            case "another count" -> good.replace("T,2,", "T,3,").getBytes(Sftp.GB18030);
            case "another sum" -> good.replace("T,2,11.50", "T,2,11.51").getBytes(Sftp.GB18030);
            case "in UTF-8" -> good.getBytes(StandardCharsets.UTF_8);
            case "in UTF-8 with a mark" -> ("\uFEFF" + good).getBytes(StandardCharsets.UTF_8);
            case "in GBK" -> good.getBytes(java.nio.charset.Charset.forName("GBK"));
            case "bytes of no charset" -> {
                String before = good.substring(0, good.indexOf("7" + input.key()));
                sound[before.getBytes(Sftp.GB18030).length] = (byte) 0xff;
                yield sound;
            }
            case "a line of 100 MB" -> longLine(input);
            case "one key twice" ->
                Sftp.readings(own, Sftp.reading("7" + input.key(), "11.50")).getBytes(Sftp.GB18030);
            case NEW_CONTENT -> sound;
            case "zip: sound" -> zip(member, sound);
            case "zip: a gigabyte of zeros" -> bomb(ZIP, member.getBytes(StandardCharsets.US_ASCII));
            case "zip: a zip inside" -> zip(member, zip(member, sound));
            case "zip: a member that climbs out" -> zip("../../../../etc/" + member, sound);
            case "zip: a member elsewhere" -> zip("/etc/" + member, sound);
            case "zip: 100,000 members" -> zipMany(member, sound);
            case "zip: encrypted" -> {
                byte[] zip = zip(member, sound);
                zip[6] |= 1;
                yield zip;
            }
            case "zip: cut" -> {
                byte[] zip = zip(member, sound);
                yield Arrays.copyOf(zip, zip.length / 2);
            }
            case "gz: sound" -> gzip(sound);
            case "gz: cut" -> {
                byte[] gz = gzip(sound);
                yield Arrays.copyOf(gz, gz.length - 1);
            }
            case "gz: something behind it" -> {
                byte[] gz = gzip(sound);
                byte[] more = Arrays.copyOf(gz, gz.length + 40);
                Arrays.fill(more, gz.length, more.length, (byte) 'x');
                yield more;
            }
            case "gz: a gigabyte of zeros" -> bomb(GZIP, new byte[0]);
            default -> throw new IllegalArgumentException("no recipe " + input.sent());
        };
    }

    /** What a file says that was written an hour later. */
    static byte[] later(BadInput input) {
        return Sftp.readings(Sftp.reading("7" + input.key(), NEW_VALUE))
                .replace("20261102013000", "20261102023000")
                .getBytes(Sftp.GB18030);
    }

    /** A file of one meter. */
    static byte[] meters(String line) {
        return ("H,电能表档案,METER,20261101,20261102013000\n" + line + "\nT,1,0\n").getBytes(Sftp.GB18030);
    }

    private static byte[] longLine(BadInput input) {
        byte[] head = "H,日冻结示数,READ,20261101,20261102013000\nD,".getBytes(Sftp.GB18030);
        byte[] tail = ("\n" + FileWay.sound(input, 8) + "\nT,2,1.00\n").getBytes(Sftp.GB18030);
        byte[] file = new byte[head.length + LONG_LINE + tail.length];
        Arrays.fill(file, (byte) 'x');
        System.arraycopy(head, 0, file, 0, head.length);
        System.arraycopy(tail, 0, file, file.length - tail.length, tail.length);
        return file;
    }

    static byte[] zip(String member, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(member));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** An archive of zeros, put together from pieces that are each a megabyte of them. */
    private static byte[] bomb(int head, byte[] name) throws IOException {
        byte[] zeros = new byte[1 << 20];
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(zeros);
        byte[] piece = new byte[1 << 16];
        int length = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
        deflater.end();
        CRC32 sum = new CRC32();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int written = 0; written < BOMB; written += zeros.length) {
            packed.write(piece, 0, length);
            sum.update(zeros);
        }
        // The last piece of all, which holds nothing.
        packed.write(new byte[] {3, 0});
        return head == GZIP ? gzipped(packed.toByteArray(), sum) : zipped(packed.toByteArray(), sum, name);
    }

    private static byte[] gzipped(byte[] packed, CRC32 sum) {
        return ByteBuffer.allocate(packed.length + 18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3})
                .put(packed)
                .putInt((int) sum.getValue())
                .putInt(BOMB)
                .array();
    }

    private static byte[] zipped(byte[] packed, CRC32 sum, byte[] name) {
        ByteBuffer zip =
                ByteBuffer.allocate(packed.length + 2 * name.length + 98).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50).putShort((short) 20);
        described(zip, packed, sum, name).put(name).put(packed);
        int directory = zip.position();
        zip.putInt(0x02014b50).putShort((short) 20).putShort((short) 20);
        described(zip, packed, sum, name).put(new byte[14]).put(name);
        int end = zip.position();
        zip.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        zip.putInt(end - directory).putInt(directory).putShort((short) 0);
        return zip.array();
    }

    /** What both of a member's headers say of it, in the order in which they do. */
    private static ByteBuffer described(ByteBuffer zip, byte[] packed, CRC32 sum, byte[] name) {
        return zip.putShort((short) 0)
                .putShort((short) 8)
                .putInt(0)
                .putInt((int) sum.getValue())
                .putInt(packed.length)
                .putInt(BOMB)
                .putShort((short) name.length)
                .putShort((short) 0);
    }

    private static byte[] zipMany(String member, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (int i = 0; i < MANY; i++) {
                ZipEntry entry = new ZipEntry(i == 0 ? member : Integer.toString(i));
                byte[] inside = i == 0 ? content : new byte[0];
                CRC32 sum = new CRC32();
                sum.update(inside);
                entry.setSize(inside.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(inside);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
