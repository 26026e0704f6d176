/**
 * Standard Webhooks signatures. The HTTP side signs with it; commands read and write secrets with it. Usable from any thread.
 */
@NullMarked
package io.hookline.deliverer.sign;

import org.jspecify.annotations.NullMarked;
