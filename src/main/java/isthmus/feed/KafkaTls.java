package isthmus.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How the hub and a broker prove to each other who they are. Whoever vouches for the broker must vouch for the name that it
 * is asked by.
 *
 * @param trust {@code jdk}, or a file of certificates in PEM; empty for a broker in clear text
 * @param identity a PKCS#12 file with the hub's own key; empty where the broker asks for none
 * @param password of that file
 */
record KafkaTls(String trust, String identity, String password) {
    static final KafkaTls NONE = new KafkaTls("", "", "");

    private static final String OF_THE_JDK = "jdk";

    /** The settings of any of Kafka's clients. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (trust.isEmpty()) {
            return settings;
        }
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
        settings.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, "TLSv1.3,TLSv1.2");
        settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
        if (!trust.equals(OF_THE_JDK)) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trust);
        }
        if (!identity.isEmpty()) {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PKCS12");
            settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, identity);
            settings.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, password);
            settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password);
        }
        return settings;
    }
}
