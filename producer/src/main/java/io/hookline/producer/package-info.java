@NullMarked
package io.hookline.producer;

import org.jspecify.annotations.NullMarked;
