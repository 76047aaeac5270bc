/** The pretend CRM: a SOAP 1.1 service over a file of customers and one of work orders. */
@NullMarked
package isthmus.demo.crm;

import org.jspecify.annotations.NullMarked;
