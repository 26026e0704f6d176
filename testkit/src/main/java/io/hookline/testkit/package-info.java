/**
 * A Kafka, a schema registry and scripted receivers that run in this JVM, to develop and test against.
 * The {@code dev} and {@code demo} commands embed them, the tests of every module start them; nothing here is for production.
 * Each sub-package says which threads it owns.
 */
@NullMarked
package io.hookline.testkit;

import org.jspecify.annotations.NullMarked;
