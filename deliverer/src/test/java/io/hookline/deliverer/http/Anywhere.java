package io.hookline.deliverer.http;

import io.hookline.deliverer.reach.Reach;
import java.util.List;

/** Every scheme, port and network: receivers of tests are on this machine. */
final class Anywhere {
    static final Reach REACH = Reach.of(List.of("https", "http"), List.of("1-65535"), List.of("0.0.0.0/0", "::/0"));

    private Anywhere() {}
}
