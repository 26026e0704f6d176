package io.hookline.testkit.registry;

import java.util.function.Consumer;

/** Where changes are kept. Called by one thread at a time. */
interface ChangeLog {

    /**
     * To be called before deciding on a change. If the fate of an earlier {@link #append} is unknown, settles it and hands over every change
     * there is, oldest first, those handed over before included; else does nothing.
     *
     * @throws RegistryError 50001 if that cannot be done now
     */
    void settle(Consumer<Change> changes);

    /**
     * Returns when the change is kept for good.
     *
     * @throws RegistryError 50001 if it is not, or not for certain
     */
    void append(Change change);
}
