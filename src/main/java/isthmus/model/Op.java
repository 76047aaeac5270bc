package isthmus.model;

/** What an event says of its subject; {@link #code} is the part of the CloudEvents type. */
public enum Op {
    UPSERT,
    DELETE;

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
