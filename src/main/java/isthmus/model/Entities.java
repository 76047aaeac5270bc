package isthmus.model;

import java.util.List;
import java.util.stream.Stream;

/** The names of the entities of the model, v1 (model.md 5). */
public final class Entities {
    /** Those that systems give, parents before children. */
    public static final List<String> SOURCES = List.of(
            "customer",
            "account",
            "servicepoint",
            "meter",
            "intervalblock",
            "registerreading",
            "tariff",
            "bill",
            "payment",
            "servicerequest");

    /** The same, and the golden record that the hub makes of them. */
    public static final List<String> ALL =
            Stream.concat(SOURCES.stream(), Stream.of("unifiedcustomer")).toList();

    private Entities() {}
}
