package isthmus.model;

/**
 * The closed list of why something was refused or flagged; each is also the metric label, the console filter and a row
 * of docs/errors.md. {@link #fate} says what becomes of the record (house.md section 4).
 */
public enum Reason {
    // The piece could not be cut out of what arrived.
    FILE_NAME(
            Fate.REJECT, "The file's name is not one plain name of the agreed pattern.", "Have the sender rename it."),
    FILE_EMPTY(Fate.REJECT, "The file has no bytes.", "Ask the sender for the file again."),
    FILE_SHORT(
            Fate.REJECT,
            "The file ends before its trailer or before its announced length.",
            "Have the file sent again."),
    FILE_HEADER(
            Fate.REJECT,
            "The first line is not the agreed header, or not in the agreed charset.",
            "Check charset and layout in system.yaml against what the sender writes."),
    TRAILER_COUNT(Fate.REJECT, "The trailer counts other records than the file holds.", "Have the file sent again."),
    TRAILER_SUM(Fate.REJECT, "The trailer's control sum is not the sum of the records.", "Have the file sent again."),
    ARCHIVE(
            Fate.REJECT,
            "The archive is encrypted, nested, too large, too dense, damaged, or holds more than its one file.",
            "Have the sender zip exactly one file under its own name."),
    LINE_LENGTH(Fate.REJECT, "The line is longer than the limit.", "Look for a missing line end or an unclosed quote."),
    FIELD_COUNT(Fate.REJECT, "The line has more or fewer fields than its layout.", "Compare the line with the layout."),
    QUOTE(Fate.REJECT, "A quote is opened and never closed on its line.", "Have the sender escape quotes."),
    CHARSET(Fate.REJECT, "Bytes that the configured charset does not know.", "Check the charset in system.yaml."),
    FILE_FORM(Fate.REJECT, "The file breaks the rules of its format.", "Look at the file where the hint says."),
    FILE_ZONE(Fate.REJECT, "The file was written for another time zone.", "Compare it with the zone in system.yaml."),
    XML(Fate.REJECT, "The message is not well-formed XML, or holds what is refused (DTD).", "Look at the raw message."),
    // The record cannot be said in the canonical model.
    KEY_INVALID(Fate.REJECT, "A key is empty or holds control characters.", "Correct the key at the source."),
    FIELD_MISSING(Fate.REJECT, "A required field has no value.", "Fill it at the source or map a default."),
    NUMBER_INVALID(Fate.REJECT, "Not a plain decimal number.", "Digits, one point, an optional minus; no separators."),
    NUMBER_RANGE(Fate.REJECT, "More digits than the canonical field can hold.", "Check the unit and the column."),
    DATE_INVALID(Fate.REJECT, "Not a date of the calendar in the agreed form.", "Correct the date at the source."),
    DATE_RANGE(Fate.REJECT, "A date before 1900 or after 2199.", "Correct the date, or declare it a sentinel."),
    TIME_INVALID(Fate.REJECT, "Not a time of day in the agreed form.", "Correct the time at the source."),
    PERIOD_INVALID(Fate.REJECT, "The end is not after the start.", "Correct the period at the source."),
    BOOLEAN_INVALID(Fate.REJECT, "Neither of the two declared values.", "Declare the values in the mapping."),
    CODE_REFUSED(
            Fate.REJECT,
            "The code is not in its table, and the field has no word for an unknown one.",
            "Add the code to the table."),
    TEXT_LENGTH(Fate.REJECT, "The text is longer than the canonical field (never cut).", "Shorten it at the source."),
    LIST_EMPTY(Fate.REJECT, "A list that must hold something is empty.", "Look for missing detail rows."),
    REF_MISSING(
            Fate.REJECT, "The record refers to nothing that it could belong to.", "Fill a reference at the source."),
    WHOLE_FLAG(
            Fate.REJECT,
            "Most points marked missing carry values: the flags are read the wrong way round (MAP-WHOLEFLAG).",
            "Check wholeFlag in the mapping."),
    SCHEMA(Fate.REJECT, "The record breaks its JSON Schema in another way.", "Compare mapping and schema."),
    EVENT_SIZE(Fate.REJECT, "The event would be larger than 60 KiB.", "Split the record at the source."),
    // The record is published and flagged.
    TXT_FULLWIDTH(Fate.NOTE, "Full-width characters were made half-width.", "Nothing to do."),
    TXT_CTRL(Fate.NOTE, "Control or format characters were taken out.", "Clean the field at the source."),
    TXT_PUA(Fate.NOTE, "A private-use character, often a rare name; kept.", "Add it to config/text/pua.csv."),
    UNIT_CONVERTED(Fate.NOTE, "The value came in another unit of the same quantity.", "Nothing to do."),
    SENTINEL(Fate.NOTE, "A placeholder value was read as null.", "Nothing to do."),
    HEADER_MISSING(Fate.WARN, "The file's header record is missing; the rest was read.", "Tell the sender."),
    COUNT_DECLARED(
            Fate.WARN,
            "The message declares another number of segments than it holds; all were read.",
            "Compare the record with the sender's system, and tell the sender."),
    CODE_UNKNOWN(Fate.WARN, "The code is not in its table; published as other.", "Add the code to the table."),
    MON_SCALE(Fate.WARN, "Money with more than two places was rounded HALF_UP.", "Correct the amount at the source."),
    TEL_INVALID(Fate.WARN, "Not a telephone number; value is null.", "Correct the number at the source."),
    CUS_ID(Fate.WARN, "The identity number fails its check digit, or has the old form.", "Verify the number."),
    CUS_NAME(Fate.WARN, "The name is a placeholder.", "Correct the name at the source."),
    TIME_AMBIGUOUS(Fate.WARN, "A local time that exists twice; the earlier was taken.", "Nothing to do."),
    TIME_GAP(Fate.WARN, "A local time that does not exist; shifted forward.", "Check the zone."),
    TIME_GRID(
            Fate.WARN,
            "An interval's bounds are off the grid or contradict others; placed by its start or its order.",
            "Tell the sender."),
    VEE_GAP(Fate.WARN, "Intervals are missing.", "Wait for the re-collection, or have it re-collected."),
    VEE_NEG(Fate.ERROR, "A negative delta on a one-way point.", "Check the meter."),
    VEE_FUTURE(Fate.ERROR, "Measured more than ten minutes in the future.", "Check the clock of the collector."),
    BIL_SUM(Fate.ERROR, "The bill's total is not the sum of its lines.", "Correct the bill."),
    BIL_LINE(Fate.ERROR, "A line's amount is not quantity times price.", "Correct the bill."),
    REF_PENDING(Fate.WARN, "A reference that has not arrived yet.", "Heals when the parent arrives."),
    SEQ_CONFLICT(
            Fate.ERROR,
            "Two states of one record with the same sequence; the greater content hash was kept.",
            "Give the source a finer change time."),
    PERSON_ERASED(
            Fate.WARN,
            "A source still shows a person who was erased here; nothing of it is kept.",
            "Have the person erased in that system too."),
    // The world failed: retried, never quarantined.
    SOURCE_AWAY(
            Fate.RETRY, "A legacy system does not answer or answers with a fault.", "See health for which and why."),
    STORE_AWAY(Fate.RETRY, "The unified store does not answer.", "Start PostgreSQL; the hub goes on by itself."),
    SEAL_AWAY(
            Fate.RETRY,
            "The master key is not there, or not the one that the store was sealed under; nothing is written in clear instead.",
            "Set isthmus.seal.key, and former keys as isthmus.seal.former, and start the hub again."),
    KAFKA_AWAY(Fate.RETRY, "Kafka does not acknowledge.", "Start the broker; the relay goes on where it was."),
    // A question to the data service that is not answered as it was asked: problem+json with this code.
    API_UNKNOWN(Fate.ANSWER, "There is nothing of that name or id.", "Search for it, or look at its spelling."),
    API_DELETED(
            Fate.ANSWER,
            "The record is deleted at its source; the answer says since when.",
            "Ask with asOf for how it was."),
    API_PARAMETER(
            Fate.ANSWER, "A parameter is not of its form; field names it.", "See the parameter in /api/v1/openapi."),
    API_POSITION(
            Fate.ANSWER,
            "The position is not one that this feed or list has given.",
            "Go on from a position that an answer gave, or from=beginning."),
    API_GONE(
            Fate.ANSWER,
            "The feed keeps changes for some days only, and that position lies before them.",
            "Begin again with from=beginning: the state of now first, then what changes."),
    API_ACCEPT(Fate.ANSWER, "None of the accepted media types can be had here.", "Ask for one that detail names."),
    API_METHOD(Fate.ANSWER, "The method is not for this address.", "See Allow in the answer."),
    API_RATE(
            Fate.ANSWER,
            "This client asks more often than it may; the others are served.",
            "Wait as long as Retry-After says."),
    API_BUSY(
            Fate.ANSWER,
            "As many questions are being answered as may be at a time; this one was not begun.",
            "Ask again after Retry-After."),
    API_SLOW(
            Fate.ANSWER,
            "The answer took longer than isthmus.serve.timeout allows.",
            "Ask for less: a shorter range, a smaller limit, or an export."),
    API_SEALED(
            Fate.ANSWER,
            "A stored value that names a person does not open: it was changed outside of the hub, or is another record's.",
            "The hub's log names the key. Find out who wrote into the store; a pull of the record writes it anew."),
    API_FAULT(Fate.ANSWER, "A bug of the hub; the log has it under the instance.", "Report it with the instance."),
    API_ELSEWHERE(
            Fate.ANSWER,
            "Only the hub's own machine may ask for this.",
            "Ask at 127.0.0.1 on the hub's machine, or use the command there; docs/security.md says how others sign in."),
    API_NOBODY(
            Fate.ANSWER,
            "Nobody is signed in.",
            "Send Authorization: Bearer with a token of the identity provider, or with an API key."),
    API_TOKEN(
            Fate.ANSWER,
            "The token or API key is not valid here.",
            "Get a new one; docs/security.md says what one must hold."),
    API_RIGHT(
            Fate.ANSWER,
            "Whoever is signed in may not ask for this.",
            "See the table of rights in docs/security.md, and ask whoever grants roles."),
    API_SIGN_IN_AWAY(
            Fate.ANSWER,
            "The identity provider does not answer, so that no new token can be checked.",
            "Ask again later; API keys and tokens that were checked a moment ago go on working."),
    API_STATE(
            Fate.ANSWER,
            "What was asked for does not fit the state that the thing is in.",
            "Get it again, and look at its state."),
    // We are wrong: that route stops, the others go on.
    FENCED(
            Fate.STOP,
            "Another hub has taken over; this one writes nothing more of that system.",
            "Nothing to do; see health for which hub goes on. When both should not run, stop one."),
    FEED_FULL(
            Fate.RETRY,
            "More events wait for Kafka than isthmus.feed.bound allows; the sources pause.",
            "Bring Kafka back; the sources go on by themselves when the relay has caught up."),
    FEED_REFUSED(
            Fate.RETRY,
            "Kafka refuses an event or the right to write it (too large, access denied); the feed stands still there.",
            "See health for topic and position; raise max.message.bytes or grant the right; the relay goes on by itself."),
    MASS_DELETE(
            Fate.STOP,
            "More records are gone at the source than its system.yaml allows; none was told as deleted.",
            "See isthmus deletes; when it is true, raise atMost for once."),
    RPR_NOT_CONVERGING(
            Fate.STOP,
            "A record was repaired and both shores still differ about it; it is not repaired again.",
            "Look at its mapping and at the source's own row; isthmus reconcile repair --again tries once more."),
    SOURCE_IDENTITY(
            Fate.STOP,
            "A legacy system's server shows another host key or certificate than the pinned one.",
            "Ask its owner; only if it was changed, change hostKey or certificate in system.yaml."),
    MASS_REJECT(
            Fate.STOP,
            "More of a pull's pieces are refused than its system.yaml allows; it stopped before them.",
            "See isthmus quarantine: a layout or charset has changed. When it is true, raise rejects for once."),
    CONTRACT_DRIFT(
            Fate.STOP,
            "A source object has lost, renamed or narrowed what a pull reads; that pull stopped, the others go on.",
            "See isthmus contract drift; mend the question or the mapping, or agree: isthmus contract accept."),
    AUDIT_BROKEN(
            Fate.STOP,
            "The audit does not continue what was signed: it was altered, or the store is an older one; no head is signed.",
            "Run isthmus audit verify, which names the entry; docs/audit.md says what to do."),
    AUDIT_UNLAID(
            Fate.RETRY,
            "A signed head of the audit cannot be laid in the second place; the store has it.",
            "Make isthmus.audit.heads writable; what is not laid is laid with the next head."),
    SECRET_CLEAR(
            Fate.STOP,
            "A password, a key or a token is written out in routes/ or config/; nothing was started.",
            "Write ${NAME}, ${file:/…} or ${keystore:name} instead, and have the secret changed."),
    CONFIG(Fate.STOP, "The configuration has faults; nothing was started.", "See the list with file and line."),
    BALANCE(Fate.STOP, "A run's read is not applied + unchanged + stale + quarantined.", "Report it: this is a bug.");

    /** What becomes of a record, or of a route, for a reason. */
    public enum Fate {
        REJECT,
        NOTE,
        WARN,
        ERROR,
        RETRY,
        ANSWER,
        STOP
    }

    private final Fate fate;
    private final String cause;
    private final String remedy;

    Reason(Fate fate, String cause, String remedy) {
        this.fate = fate;
        this.cause = cause;
        this.remedy = remedy;
    }

    public Fate fate() {
        return fate;
    }

    /** One sentence for people: what happened. */
    public String cause() {
        return cause;
    }

    /** One sentence for people: what to do. */
    public String remedy() {
        return remedy;
    }

    /** The code as it is printed everywhere, for example {@code TRAILER-SUM}. */
    public String code() {
        return name().replace('_', '-');
    }
}
