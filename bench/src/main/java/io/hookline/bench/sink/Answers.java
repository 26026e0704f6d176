package io.hookline.bench.sink;

/** Told of every POST once it has arrived completely, and free to answer it otherwise than usual. On the sink's thread; must not block. */
@FunctionalInterface
public interface Answers {
    /**
     * How a request is answered.
     *
     * @param endpoint its number
     * @param bytes holds the body, from {@code from} to before {@code to}; not to be kept
     * @param usual as the endpoint behaves
     */
    Behaviour to(int endpoint, byte[] bytes, int from, int to, Behaviour usual);
}
