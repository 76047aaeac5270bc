package isthmus.hostile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is wrong with an XML document, whatever it says otherwise. */
final class XmlRecipes {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final int WIDE = 100_000;

    private XmlRecipes() {}

    /**
     * A document with something wrong, or null for a recipe that is not of XML alone.
     *
     * @param root the document from its root element on
     * @param name the start tag into which attributes are put, and behind which elements are
     * @param lure where nobody should go
     */
    static byte @Nullable [] bytes(String recipe, String root, String name, String lure) {
        String xml = switch (recipe) {
            case "billion laughs" -> DECLARATION + laughs() + inside(root, name, "&l9;");
            case "an entity from a file" ->
                DECLARATION + "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n" + inside(root, name, "&e;");
            case "an entity from elsewhere" ->
                DECLARATION + "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + lure + "/entity\">]>\n" + inside(root, name, "&e;");
            case "a parameter entity" ->
                DECLARATION + "<!DOCTYPE x [<!ENTITY % p SYSTEM \"" + lure + "/parameter\"> %p;]>\n" + root;
            case "a DTD elsewhere" -> DECLARATION + "<!DOCTYPE x SYSTEM \"" + lure + "/dtd\">\n" + root;
            case "an empty DTD" -> DECLARATION + "<!DOCTYPE x>\n" + root;
            case "XInclude" ->
                DECLARATION
                        + inside(
                                root,
                                name,
                                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + lure
                                        + "/include\" parse=\"text\"/>");
            case "a place of schemas" ->
                DECLARATION
                        + root.replaceFirst(
                                name,
                                name
                                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x "
                                        + lure + "/schema\"");
            case "a stylesheet" ->
                DECLARATION + "<?xml-stylesheet type=\"text/xsl\" href=\"" + lure + "/style\"?>\n" + root;
            case "100,000 attributes" -> DECLARATION + root.replaceFirst(name, name + attributes());
            case "100,000 levels" -> DECLARATION + inside(root, name, "<d>".repeat(WIDE) + "</d>".repeat(WIDE));
            case "a text of 4 MB" -> DECLARATION + inside(root, name, "<t>" + "x".repeat(4 << 20) + "</t>");
            case "a charset that nobody knows" -> DECLARATION.replace("UTF-8", "x-klingon") + root;
            case "cut" -> DECLARATION + root.substring(0, root.length() * 2 / 3);
            default -> "";
        };
        if (recipe.equals("GBK said to be UTF-8")) {
            return (DECLARATION + inside(root, name, "<t>张三</t>")).getBytes(Charset.forName("GBK"));
        }
        return xml.isEmpty() ? null : xml.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sound(String root) {
        return (DECLARATION + root).getBytes(StandardCharsets.UTF_8);
    }

    private static String inside(String root, String name, String content) {
        int end = root.indexOf('>', root.indexOf(name)) + 1;
        return root.substring(0, end) + content + root.substring(end);
    }

    private static String laughs() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            dtd.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return dtd.append("]>\n").toString();
    }

    private static String attributes() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < WIDE; i++) {
            out.append(" a").append(i).append("=\"\"");
        }
        return out.toString();
    }
}
