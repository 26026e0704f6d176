/**
 * What every part of Hookline agrees on. Generated records are in {@code io.hookline.avro}; the packages below hold topics, event
 * headers, ids, the registry client and serdes. Everything here may be used by every module, from any thread unless a class says
 * otherwise.
 */
@NullMarked
package io.hookline.schemas;

import org.jspecify.annotations.NullMarked;
