package isthmus.flow;

import isthmus.source.Extraction;
import java.util.List;

/** Asked whether a source object still gives what was agreed; throws {@link isthmus.source.ContractBroken} when it does not. */
interface Agreement {
    /** Of those who only look, and store nothing. */
    Agreement NONE = new Agreement() {};

    /** Before the object is read. */
    default void check(Extraction extraction) {}

    /** With the names of all columns, when only its reader comes to know them. */
    default void check(Extraction extraction, List<String> names) {}

    /** With the names that some of its records hold; what is missing there may be in others. */
    default void note(Extraction extraction, List<String> names) {}
}
