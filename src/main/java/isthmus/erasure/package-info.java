/** Makes a person unreadable when two people say so, and keeps that person from coming back. */
@ApplicationModule(allowedDependencies = {"store", "security", "security :: seal", "audit", "model"})
@NullMarked
package isthmus.erasure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
