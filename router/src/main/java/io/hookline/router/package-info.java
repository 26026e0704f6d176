@NullMarked
package io.hookline.router;

import org.jspecify.annotations.NullMarked;
