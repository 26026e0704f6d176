/**
 * Standard Webhooks signatures. The loop signs with it; commands read and write secrets with it. Secrets may be used from any thread, a
 * {@link io.hookline.deliverer.sign.Signer} by one.
 */
@NullMarked
package io.hookline.deliverer.sign;

import org.jspecify.annotations.NullMarked;
