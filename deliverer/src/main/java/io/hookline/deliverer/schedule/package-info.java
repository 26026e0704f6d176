/**
 * When the next attempt is made: schedules as people write them, due windows, and the tier a waiting delivery is put into. Pure: time
 * and randomness are parameters. Commands use it to check a schedule before it is stored.
 */
@NullMarked
package io.hookline.deliverer.schedule;

import org.jspecify.annotations.NullMarked;
