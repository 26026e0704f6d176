package io.hookline.prove.scenario;

import io.hookline.prove.process.Cluster;
import io.hookline.prove.process.Services;
import io.hookline.prove.receive.Receivers;

/** What a step may lay hands on. */
public record Stage(Cluster cluster, Services services, Receivers receivers) {}
