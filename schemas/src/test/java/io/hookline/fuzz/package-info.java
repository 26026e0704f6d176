/** Hostile inputs for the tests of every module. */
package io.hookline.fuzz;
