package isthmus.store;

/** The parts of a record's id, {@code urn:isthmus:{org}:{silo}:{entity}:{key}} (model.md 2.1). */
final class Urn {
    private Urn() {}

    static String silo(String urn) {
        return part(urn, 3);
    }

    static String entity(String urn) {
        return part(urn, 4);
    }

    private static String part(String urn, int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = urn.indexOf(':', start) + 1;
            if (start == 0) {
                throw new IllegalArgumentException("not the id of a record");
            }
        }
        int end = urn.indexOf(':', start);
        if (end < 0) {
            throw new IllegalArgumentException("not the id of a record");
        }
        return urn.substring(start, end);
    }
}
