@NullMarked
package io.hookline.ops;

import org.jspecify.annotations.NullMarked;
