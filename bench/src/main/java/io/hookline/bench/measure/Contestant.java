package io.hookline.bench.measure;

/** One of those that are compared: a baseline, a peer, or Hookline. */
public interface Contestant {
    /** Short, as the table shows it. */
    String name();

    /** Does one round's work. Blocks until it is done. */
    Measured round();

    /** A contestant that is a name and a function. */
    static Contestant of(String name, java.util.function.Supplier<Measured> work) {
        return new Contestant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Measured round() {
                return work.get();
            }
        };
    }
}
