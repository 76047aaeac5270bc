package isthmus.demo.truth;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which organizations name an account whose holder is called quite otherwise, told by a reading of names apart from the hub's. */
public final class OtherNames {
    private static final Pattern LEGAL_FORM = Pattern.compile("(股份有限公司|有限责任公司|有限公司|股份公司|分公司|公司|门市部)$");

    private final Map<String, Said> holders = new HashMap<>();

    /** A row of an account that comes out with its customer. */
    public void holder(Row account) {
        holders.put(account.need("CONS_NO"), BillingReading.customer(account));
    }

    /** Whether a message of a customer who comes out is of an organization, as is the holder of the account it names, by another name. */
    public boolean isOther(Row customer) {
        Said said = CrmReading.customer(customer);
        Said holder = holders.get(String.valueOf(customer.get("consNo")));
        return holder != null
                && !said.deleted()
                && isOrganization(said)
                && isOrganization(holder)
                && areUnlike(name(said), name(holder));
    }

    private static boolean isOrganization(Said said) {
        return "organization".equals(said.body().get("kind"));
    }

    private static String name(Said said) {
        return said.body().get("name") instanceof Map<?, ?> name ? String.valueOf(name.get("display")) : "";
    }

    /** Fewer than four of five pairs of neighbouring characters are in both. */
    static boolean areUnlike(String one, String other) {
        String left = bare(one);
        String right = bare(other);
        if (left.isEmpty() || right.isEmpty() || left.equals(right)) {
            return false;
        }
        Set<String> all = neighbours(left);
        Set<String> both = new HashSet<>(all);
        both.retainAll(neighbours(right));
        all.addAll(neighbours(right));
        return 5 * both.size() < 4 * all.size();
    }

    private static String bare(String name) {
        String letters = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
        return LEGAL_FORM.matcher(letters).replaceFirst("");
    }

    private static Set<String> neighbours(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 1; i < text.length(); i++) {
            pairs.add(text.substring(i - 1, i + 1));
        }
        return pairs;
    }
}
