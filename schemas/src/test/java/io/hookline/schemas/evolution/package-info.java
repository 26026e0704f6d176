/**
 * What keeps releases able to read each other: golden bytes of every record, and the comparison of today's schemas with those of every
 * release. Run by the build; the rules and how to work with them are in {@code docs/decisions/schema-evolution.md}. One thread.
 */
package io.hookline.schemas.evolution;
