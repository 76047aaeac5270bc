package isthmus.demo.data;

/** How big the world is, how many days it has, and how much is wrong with it. */
public record WorldOptions(long seed, int scale, int days, String faults) {}
