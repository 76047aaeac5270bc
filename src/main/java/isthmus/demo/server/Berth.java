package isthmus.demo.server;

/**
 * Where a server lies.
 *
 * @param address the address that it listens at
 * @param host the name by which the hub finds it
 */
public record Berth(String address, String host) {
    /** For this machine only. */
    public static final Berth LOCAL = new Berth("127.0.0.1", "127.0.0.1");

    /** For a network of containers, under a name that is known there. */
    public static Berth named(String host) {
        return new Berth("0.0.0.0", host);
    }
}
