/** The feed for those without Kafka, and how far everyone who reads it has come. */
@NullMarked
package isthmus.serve.stream;

import org.jspecify.annotations.NullMarked;
