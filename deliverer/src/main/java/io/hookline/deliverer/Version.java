package io.hookline.deliverer;

/** Which release this is. */
final class Version {
    private Version() {}

    /** As in the jar's manifest; {@code dev} outside a jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
