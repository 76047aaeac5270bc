package isthmus.demo.data;

import isthmus.demo.data.Client.Role;

/** Each way in which an entry of the customer service is not what billing says of the same person. */
enum Slip {
    NO_ADDRESS(About.ADDRESS, 40, 40, "No address."),
    FORMER_HOME(About.ADDRESS, 80, 80, "The address of a former home."),
    FULL_WIDTH(About.ADDRESS, 50, 50, "Full-width digits in the address."),
    OTHER_WORD(About.ADDRESS, 80, 80, "3栋 for 3号楼."),
    NUMERALS(About.ADDRESS, 50, 50, "三号楼 for 3号楼."),
    NO_COUNTY(About.ADDRESS, 50, 50, "The address without its county or district."),

    HOMOPHONE(About.NAME, 40, 150, "A character of the name has another of the same sound in its place."),
    WRONG_CHARACTER(About.NAME, 20, 20, "A character of the name is another one."),
    TITLE(About.NAME, 30, 30, "先生 or 女士 behind the name."),
    RARE_FORM(About.NAME, 10, 10, "A character of the name in its old or rare form."),
    PLACEHOLDER_NAME(About.NAME, 10, 10, "用户, 测试 or 测试用户 for a name."),
    SWAPPED(About.NAME, 5, 5, "The address stands where the name belongs, and the name where the address does."),
    SHORT_NAME(About.COMPANY, 60, 60, "An organization without its city or its legal form."),

    MANAGERS_PHONE(About.ESTATE, 400, 400, "The number of the property manager, for whoever lives on the estate."),
    NO_PHONE(About.PHONE, 250, 250, "No telephone number."),
    OTHER_PHONE(About.PHONE, 100, 300, "A telephone number that is no longer theirs."),
    PLACEHOLDER_PHONE(About.PHONE, 10, 10, "13800138000 or 00000000000 for a telephone number."),

    OLD_NUMBER(About.NUMBER, 50, 50, "An identity number in its old form of 15 digits, if born before 2000."),
    NO_NUMBER(About.NUMBER, 0, 300, "No identity number.");

    /** Of all that are about one thing an entry has one at most. */
    enum About {
        ADDRESS,
        NAME,
        COMPANY,
        ESTATE,
        PHONE,
        NUMBER
    }

    private final About about;
    private final int once;
    private final int again;
    private final String what;

    Slip(About about, int once, int again, String what) {
        this.about = about;
        this.once = once;
        this.again = again;
        this.what = what;
    }

    About about() {
        return about;
    }

    /** How many of a thousand entries have it; those of relatives have none, which makes them hard to tell apart. */
    int perMille(Role role) {
        return switch (role) {
            case HOLDER, STRANGER -> once;
            case AGAIN -> again;
            case RELATIVE -> 0;
        };
    }

    /** As it is printed, for example {@code WRONG-CHARACTER}. */
    String code() {
        return name().replace('_', '-');
    }

    /** One sentence. */
    String what() {
        return what;
    }
}
