/**
 * What any schema registry has to do for this system, checked with our client and with Confluent's, against the development
 * registry and against a real Apicurio server.
 * Tests only.
 * Each test uses subjects of its own, so that one server serves a whole class.
 */
@NullMarked
package io.hookline.testkit.registry.contract;

import org.jspecify.annotations.NullMarked;
