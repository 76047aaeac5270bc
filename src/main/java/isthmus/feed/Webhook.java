package isthmus.feed;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Posts events to an address, signed when there is a secret; it lets nobody send it elsewhere, and waits ten seconds. */
public final class Webhook {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
    private static final int OK = 200;
    private static final int MORE_THAN_OK = 300;
    private static final String HMAC = "HmacSHA256";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final URI address;
    private final String secret;
    private final Duration patience;

    /**
     * @param secret of both sides; empty for no signature
     * @param mayBeClear whether http may leave this machine
     * @throws IllegalArgumentException when {@link #fault} has something against the address
     */
    public Webhook(String address, String secret, boolean mayBeClear) {
        this(address, secret, mayBeClear, PATIENCE);
    }

    Webhook(String address, String secret, boolean mayBeClear, Duration patience) {
        String fault = fault(address, mayBeClear);
        if (fault != null) {
            throw new IllegalArgumentException("a webhook must have " + fault);
        }
        this.address = URI.create(address);
        this.secret = secret;
        this.patience = patience;
    }

    /**
     * What an address must be, when this one is not; null when it is.
     *
     * @param mayBeClear whether http may leave this machine
     */
    public static @Nullable String fault(String address, boolean mayBeClear) {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme());
            String host = uri.getHost();
            if (!scheme.matches("(?i)https?")
                    || host == null
                    || uri.getUserInfo() != null
                    || uri.getFragment() != null) {
                return "an address https://host/path, without a user in it";
            }
            return scheme.equalsIgnoreCase("https")
                            || mayBeClear
                            || THIS_MACHINE.matcher(host).matches()
                    ? null
                    : "https, for it leads to another machine; or allow clear text";
        } catch (URISyntaxException unreadable) {
            return "an address https://host/path";
        }
    }

    /**
     * Posts an event and returns when the other side has taken it.
     *
     * @throws IOException when it has not; says nothing of the address, which may hold a password
     */
    public void post(byte[] event) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Content-Type", "application/cloudevents+json")
                .header("User-Agent", "isthmus")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event));
        if (!secret.isEmpty()) {
            request.header("Isthmus-Signature", "sha256=" + signature(event));
        }
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            // The request's own patience ends with the head of the answer; a body may drip for ever.
            int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status < OK || status >= MORE_THAN_OK) {
                throw new IOException("HTTP " + status);
            }
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new IOException(cause.getClass().getSimpleName(), cause);
        } finally {
            answer.cancel(true);
        }
    }

    private String signature(byte[] event) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(event));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + HMAC, absent);
        }
    }
}
