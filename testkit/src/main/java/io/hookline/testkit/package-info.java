@NullMarked
package io.hookline.testkit;

import org.jspecify.annotations.NullMarked;
