package io.hookline.bench.process;

/** The headers of Standard Webhooks for one attempt. */
record Signed(String id, String timestamp, String signature) {}
