package isthmus.demo.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which the WSDL wants the fields of an element. */
final class Contract {
    private static final Map<String, List<String>> FIELDS = Map.of(
            "customer",
            List.of(
                    "customerNo",
                    "name",
                    "customerType",
                    "idType",
                    "idNo",
                    "mobile",
                    "phone",
                    "email",
                    "address",
                    "segmentCode",
                    "status",
                    "changeTime",
                    "createDate",
                    "consNo",
                    "consents",
                    "deleted"),
            "workOrder",
            List.of(
                    "orderNo",
                    "customerNo",
                    "consNo",
                    "mpNo",
                    "type",
                    "channel",
                    "subject",
                    "text",
                    "openTime",
                    "dueTime",
                    "closeTime",
                    "status",
                    "priority",
                    "satisfaction",
                    "changeTime"),
            "consent",
            List.of("purpose", "granted", "time"));

    private Contract() {}

    /** The fields that the row has; those that the contract does not know come last, as after a careless release. */
    static Set<String> inOrder(String element, JsonNode row) {
        var names = new LinkedHashSet<>(FIELDS.getOrDefault(element, List.of()));
        names.removeIf(name -> !row.has(name));
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
