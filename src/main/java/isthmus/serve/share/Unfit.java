package isthmus.serve.share;

/** Something that a grant cannot be. */
public final class Unfit extends RuntimeException {
    Unfit(String why) {
        super(why, null, false, false);
    }
}
