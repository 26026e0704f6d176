@NullMarked
package io.hookline.deliverer;

import org.jspecify.annotations.NullMarked;
