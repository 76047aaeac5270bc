package isthmus.flow;

import isthmus.security.OwnMachine;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.Environment;

/**
 * Looks whether the way of signing in goes with the address that the hub listens on: a door that lets everybody in who
 * reaches it may be reached from this machine alone.
 */
final class SignInCheck {
    private final Environment environment;
    private final Map<String, String> faults = new TreeMap<>();

    SignInCheck(Environment environment) {
        this.environment = environment;
    }

    /** What is wanted instead, by the key of the setting. */
    Map<String, String> faults() {
        switch (value(Setting.SECURITY_MODE)) {
            case "oidc" -> {
                needed(Setting.SECURITY_ISSUER);
                needed(Setting.SECURITY_AUDIENCE);
                secret(Setting.SECURITY_ISSUER);
                secret(Setting.SECURITY_JWKS);
            }
            case "demo" -> {
                needed(Setting.SECURITY_DEMO_KEY);
                onlyHere("server.address");
                onlyHere("management.server.address");
            }
            default -> {
                onlyHere("server.address");
                onlyHere("management.server.address");
            }
        }
        return faults;
    }

    private String value(Setting setting) {
        return environment.getProperty(setting.key(), String.valueOf(setting.otherwise()));
    }

    private void needed(Setting setting) {
        if (value(setting).isBlank()) {
            faults.put(setting.key(), "must be said in mode " + value(Setting.SECURITY_MODE));
        }
    }

    /** Keys that come over a network in clear are anybody's keys. */
    private void secret(Setting setting) {
        String value = value(setting);
        if (!value.isBlank() && !"true".equals(value(Setting.SECURITY_CLEAR)) && !isSecret(value)) {
            faults.put(setting.key(), "https://…, or http on this machine, or say isthmus.security.cleartext");
        }
    }

    private static boolean isSecret(String address) {
        try {
            URI uri = URI.create(address);
            return "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && OwnMachine.isAt(String.valueOf(uri.getHost())));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** The management's is the server's when nobody says it. */
    private void onlyHere(String key) {
        String address = environment.getProperty(key);
        if (address == null && !key.equals("server.address")) {
            return;
        }
        if (address == null || !OwnMachine.isAt(address)) {
            faults.put(
                    Setting.SECURITY_MODE.key(),
                    value(Setting.SECURITY_MODE) + " is for 127.0.0.1: set " + key + " to it, or say oidc");
        }
    }
}
