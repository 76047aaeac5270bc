package isthmus.flow;

import isthmus.source.SourceAway;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks where the names in a connection lead to just before it is asked: one may have been bound to another address since it
 * was written down, for example to where a cloud tells its machines their secrets. What then connects gets the same answer,
 * which the JDK remembers for half a minute.
 */
final class Whereabouts {
    private static final Pattern IN_URL = Pattern.compile("//(?:[^/@?#]*@)?(\\[[^\\]]*]|[^:/?#,;]+)");

    private Whereabouts() {}

    /** @throws SourceAway when one leads to where no legacy system can be */
    static void check(String system, Map<String, String> connection) {
        for (String host : hosts(connection)) {
            for (InetAddress address : addresses(host)) {
                if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
                    throw new SourceAway(
                            "the name in the connection of " + system + " leads to " + address.getHostAddress()
                                    + ", where no legacy system can be",
                            null);
                }
            }
        }
    }

    private static Set<String> hosts(Map<String, String> connection) {
        Set<String> hosts = new LinkedHashSet<>();
        String host = connection.get("host");
        if (host != null) {
            hosts.add(host);
        }
        Matcher inUrl = IN_URL.matcher(connection.getOrDefault("url", ""));
        while (inUrl.find()) {
            hosts.add(inUrl.group(1));
        }
        return hosts;
    }

    /** One that leads nowhere is told by whoever connects. */
    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException nowhere) {
            return new InetAddress[0];
        }
    }
}
