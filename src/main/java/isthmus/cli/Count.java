package isthmus.cli;

/** A number of things in words. */
final class Count {

    private Count() {}

    static String of(long number, String thing) {
        return "%,d %s%s".formatted(number, thing, number == 1 ? "" : "s");
    }
}
