package isthmus.source;

import isthmus.model.Position;
import java.util.Optional;

/** How far each pull has come, as committed with its last chunk. */
public interface Positions {

    /** The position that the last committed chunk of a pull reached; empty before its first. */
    Optional<Position> last(String system, String pull);
}
