package io.hookline.deliverer.http;

import java.net.UnknownHostException;

/** A name has addresses, but none that may be connected to. */
final class AddressRefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    AddressRefusedException(String why) {
        super(why);
    }
}
