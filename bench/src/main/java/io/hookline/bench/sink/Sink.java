package io.hookline.bench.sink;

/** Where deliveries arrive. Endpoint {@code n} has the URL {@code url() + n}. Any thread. */
public interface Sink extends AutoCloseable {
    /** What it is, for the table. */
    String name();

    /** Base of the endpoints' URLs. */
    String url();

    /** How many POSTs have arrived since it started. */
    long posts();

    @Override
    void close();
}
