/** The bad inputs of trust.md, one table (isthmus/hostile/bad-inputs.csv), sent to one hub that runs. */
package isthmus.hostile;
