package io.hookline.deliverer.loop;

import io.hookline.deliverer.loop.Source.Kind;

/**
 * Which kind of work comes next where several wait: first attempts before retries before what is caught up before replays, and of 16 turns so many
 * for each of the lower kinds all the same. Turns that a kind does not need go to the highest that waits.
 */
final class Kinds {
    private static final Kind[] TURNS = {
        Kind.LIVE, Kind.LIVE, Kind.RETRY, Kind.LIVE,
        Kind.LIVE, Kind.CATCH_UP, Kind.LIVE, Kind.RETRY,
        Kind.LIVE, Kind.LIVE, Kind.LIVE, Kind.LIVE,
        Kind.RETRY, Kind.CATCH_UP, Kind.LIVE, Kind.REPLAY
    };

    private int turn;

    /** @param waiting {@linkplain Kind#bit bits} of the kinds that wait, at least one */
    Kind next(int waiting) {
        Kind due = TURNS[turn++ & (TURNS.length - 1)];
        if ((waiting & due.bit()) != 0) {
            return due;
        }
        for (Kind kind : Kind.BY_RANK) {
            if ((waiting & kind.bit()) != 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException("Nothing waits.");
    }
}
