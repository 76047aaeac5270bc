package isthmus;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The hub: every room under this package, wired by Spring. */
@SpringBootApplication
public class Isthmus {}
