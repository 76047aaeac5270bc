package isthmus.serve;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.RestController;

/** An address of the data service; only a hub that stays has it. */
@RestController
@ConditionalOnWebApplication
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Served {}
