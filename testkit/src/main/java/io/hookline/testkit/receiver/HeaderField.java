package io.hookline.testkit.receiver;

/** One header line as it was received; names keep their case. */
public record HeaderField(String name, String value) {}
