package isthmus.serve.exports;

/** A column of a flat table, and what its cells hold. */
record Column(String name, Kind kind) {
    /** What a cell holds; its text is the record's own in every case. */
    enum Kind {
        TEXT,
        /** At most 15 digits before and 2 behind the point. */
        MONEY,
        /** At most 9 and 8. */
        PRICE,
        /** At most 15 and 9. */
        DECIMAL,
        INSTANT,
        DATE,
        WHOLE,
        /** What is neither money nor energy: a position on the map, a probability. */
        REAL,
        FLAG,
        /** A list or an object, as JSON. */
        JSON
    }
}
