/**
 * What is finished, in any order, and from where reading must go on. Confined to the loop's thread.
 */
@NullMarked
package io.hookline.deliverer.track;

import org.jspecify.annotations.NullMarked;
