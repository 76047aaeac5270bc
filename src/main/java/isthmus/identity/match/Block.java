package isthmus.identity.match;

import java.util.ArrayList;
import java.util.List;

/** What records must have in common to be weighed against each other at all. */
record Block(String name, List<Part> parts) {

    /**
     * One thing of it.
     *
     * @param field its place in the model
     * @param part of the field's values, as its comparison names it; empty for the values themselves
     */
    record Part(int field, String part) {}

    boolean uses(int field) {
        return parts.stream().anyMatch(part -> part.field() == field);
    }

    /** Every key of a record; none where it lacks one of the parts, or where there are none. */
    List<String> keys(List<Field> fields, Subject subject) {
        if (parts.isEmpty()) {
            return List.of();
        }
        List<String> keys = List.of(name);
        for (Part part : parts) {
            String value = subject.value(part.field());
            if (value.isEmpty()) {
                return List.of();
            }
            List<String> longer = new ArrayList<>();
            for (String one : Field.each(value)) {
                List<String> ends = part.part().isEmpty()
                        ? List.of(one)
                        : fields.get(part.field()).comparison().keys(one, part.part());
                for (String key : keys) {
                    for (String end : ends) {
                        longer.add(key + Field.NEXT + end);
                    }
                }
            }
            keys = longer;
        }
        return keys.stream().distinct().toList();
    }
}
