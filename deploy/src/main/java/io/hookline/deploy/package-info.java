@NullMarked
package io.hookline.deploy;

import org.jspecify.annotations.NullMarked;
