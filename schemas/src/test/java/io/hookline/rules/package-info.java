/**
 * Rules of the code that the compiler does not check, for every module alike. A module's {@code CodeRulesTest} applies them to its own
 * classes, those of its tests included; it gets them with the test jar of {@code schemas}. One thread.
 */
package io.hookline.rules;
