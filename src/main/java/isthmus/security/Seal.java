package isthmus.security;

/** Seals a record's classified fields at the store's edge, and opens them for those who may read them. */
public interface Seal {

    /** The bytes to store and publish in place of the clear body of a record. */
    byte[] seal(String entity, String id, byte[] body);

    /** The clear body of a sealed one. */
    byte[] open(String entity, String id, byte[] sealed);
}
