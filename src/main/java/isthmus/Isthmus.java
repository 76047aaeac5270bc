package isthmus;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;

/** The hub: every room under this package, wired by Spring; faults of the web server are told by {@code serve}. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class Isthmus {}
