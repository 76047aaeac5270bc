package isthmus.security;

/** Leaves bodies as they are: field sealing needs keys per customer, which come with the erasure of their data. */
public final class OpenSeal implements Seal {
    @Override
    public byte[] seal(String entity, String id, byte[] body) {
        return body;
    }

    @Override
    public byte[] open(String entity, String id, byte[] sealed) {
        return sealed;
    }
}
