package isthmus.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Who counts as this machine. */
public final class OwnMachine {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private OwnMachine() {}

    /** Whether a name or an address is this machine's own, which no other machine reaches. */
    public static boolean isAt(String host) {
        try {
            return NAMES.contains(host) && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException nobody) {
            return false;
        }
    }

    /**
     * By the address, and by the name that was asked for: a page in a browser here may know the one but not the other.
     *
     * @param address that a question comes from, in numbers
     * @param name that it was sent to
     */
    public static boolean asks(String address, String name) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress() && NAMES.contains(name);
        } catch (UnknownHostException nobody) {
            return false;
        }
    }
}
