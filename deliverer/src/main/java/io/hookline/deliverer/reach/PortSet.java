package io.hookline.deliverer.reach;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP ports, from a list of numbers and ranges such as {@code 443, 8000-8999}. Immutable. */
final class PortSet {
    private static final int PORT_MAX = 65_535;
    private static final Pattern ITEM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private final BitSet ports = new BitSet();
    private final String text;

    private PortSet(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming the item that is no port and no range */
    static PortSet parse(List<String> items) {
        PortSet set = new PortSet(String.join(", ", items));
        for (String item : items) {
            Matcher matcher = ITEM.matcher(item);
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
            if (first < 1 || last < first || last > PORT_MAX) {
                throw new IllegalArgumentException(
                        "'" + item + "' is no port: 1 to " + PORT_MAX + ", or a range such as 8000-8999, is expected.");
            }
            set.ports.set(first, last + 1);
        }
        return set;
    }

    boolean contains(int port) {
        return ports.get(port);
    }

    @Override
    public String toString() {
        return text;
    }
}
