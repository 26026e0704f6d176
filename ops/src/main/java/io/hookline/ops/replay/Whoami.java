package io.hookline.ops.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who runs this process, and where, for others to read. */
public final class Whoami {
    private Whoami() {}

    /** {@code ada at host7 (pid 4711)}. */
    public static String text() {
        return System.getProperty("user.name", "unknown") + " at " + host() + " (pid "
                + ProcessHandle.current().pid() + ")";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }
}
