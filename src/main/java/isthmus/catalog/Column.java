package isthmus.catalog;

/**
 * One column of a pull's contract: how its text is rendered into the row hash (model.md 9.3).
 *
 * @param type {@code text}, {@code decimal}, {@code date} or {@code time}
 * @param scale decimal places of the contract, for {@code decimal}
 * @param classified true when the column holds personal data and so stays out of the row hash
 */
public record Column(String name, String type, int scale, boolean classified) {}
