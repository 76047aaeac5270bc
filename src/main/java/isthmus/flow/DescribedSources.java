package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.contract.Contract;
import isthmus.contract.Contracts;
import isthmus.contract.QueryTerms;
import isthmus.contract.WsdlTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Looks at the legacy systems that describe themselves: a database its queries, a service its WSDL at {@code ?wsdl}. */
record DescribedSources(Function<String, DataSource> databases) implements Contracts.Present {
    private static final int LARGEST_WSDL = 4 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    @Override
    public Optional<Contract> of(LegacySystem system, Pull pull, Optional<Contract> agreed)
            throws SQLException, IOException {
        if (system.transport().equals("soap")) {
            byte[] wsdl = wsdl(system.connection());
            return wsdl.length == 0 ? Optional.empty() : WsdlTerms.read(new ByteArrayInputStream(wsdl), pull);
        }
        if (!system.transport().equals("jdbc")) {
            return Optional.empty();
        }
        try (Connection connection = databases.apply(system.name()).getConnection()) {
            return QueryTerms.read(connection, pull, agreed);
        }
    }

    /** Empty where the service shows none. */
    private static byte[] wsdl(Map<String, String> connection) throws IOException {
        URI service = URI.create(connection.getOrDefault("url", ""));
        URI asked = service.resolve(service.getRawPath() + "?wsdl");
        if (!(asked.toURL().openConnection() instanceof HttpURLConnection http)) {
            return new byte[0];
        }
        http.setConnectTimeout((int) LONGEST_WAIT.toMillis());
        http.setReadTimeout((int) LONGEST_WAIT.toMillis());
        http.setInstanceFollowRedirects(false);
        if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            http.disconnect();
            return new byte[0];
        }
        try (InputStream in = http.getInputStream()) {
            return whole(in, System.nanoTime() + LONGEST_WAIT.toNanos());
        } finally {
            http.disconnect();
        }
    }

    /** A read that never times out may still never end. */
    private static byte[] whole(InputStream in, long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            all.write(some, 0, read);
            if (all.size() > LARGEST_WSDL || System.nanoTime() - deadline > 0) {
                throw new IOException("a WSDL that does not end");
            }
        }
        return all.toByteArray();
    }
}
