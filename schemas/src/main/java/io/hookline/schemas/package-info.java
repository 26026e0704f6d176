@NullMarked
package io.hookline.schemas;

import org.jspecify.annotations.NullMarked;
