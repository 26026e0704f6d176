/**
 * JUnit 5 support: one Kafka for all test classes of a JVM, and a name space of its own for every test method.
 * Tests of every module use it; production code does not (JUnit is not among this module's run-time dependencies).
 * Called on JUnit's threads.
 */
@NullMarked
package io.hookline.testkit.junit;

import org.jspecify.annotations.NullMarked;
