package isthmus.model;

import java.util.List;

/** The names of the source entities of the model, v1 (model.md 5), parents before children. */
public final class Entities {
    public static final List<String> ALL = List.of(
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

    private Entities() {}
}
