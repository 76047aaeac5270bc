package isthmus.reconcile;

import java.io.IOException;

/**
 * A way by which the world hears that a night has ended; who joins the rooms says where it leads.
 *
 * @param name under which it is remembered who was told
 * @param attempts after so many nobody is told any more
 */
public record NightChannel(String name, int attempts, Door door) {

    /** Where an event is handed over. */
    @FunctionalInterface
    public interface Door {
        /**
         * Returns when the other side has it, and not before.
         *
         * @param night its id
         * @param event a CloudEvent in structured JSON, the same bytes whenever it is told again
         * @throws IOException when it does not have it; the message goes into the store, so it names no address and no secret
         */
        void tell(String night, byte[] event) throws IOException, InterruptedException;
    }
}
