package isthmus.demo.crm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Says where the next page begins: after {@code given} rows of the key. It names a row and not a count, so that rows which
 * arrive before it do not move it. Opaque to the caller.
 */
record PageToken(Ledger.Key key, int given) {
    PageToken {
        if (given < 0) {
            throw new IllegalArgumentException("not a page token");
        }
    }

    String written() {
        String text = key.changeTime() + "\n" + key.number() + "\n" + given;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Throws IllegalArgumentException for anything that {@link #written()} did not make. */
    static PageToken parse(String written) {
        String[] parts =
                new String(Base64.getUrlDecoder().decode(written.strip()), StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a page token");
        }
        return new PageToken(new Ledger.Key(parts[0], parts[1]), Integer.parseInt(parts[2]));
    }
}
