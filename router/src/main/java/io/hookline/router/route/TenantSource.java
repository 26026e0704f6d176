package io.hookline.router.route;

import io.hookline.avro.PipelineFault;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.event.EventHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From where it is known whose event a record is. */
public enum TenantSource {
    /** The header {@code ce_tenant} is believed: who may write to event topics can name any tenant. */
    HEADER {
        @Override
        Identity identify(String topicType, EventAttributes said) {
            return new Identity(said.type() == null ? topicType : said.type(), said.tenant());
        }
    },
    /**
     * Topics are named {@code events.TENANT.TYPE}, and who may write to which of them is Kafka's to decide. A header that says otherwise makes
     * the record nobody's.
     */
    TOPIC {
        @Override
        Identity identify(String topicType, EventAttributes said) throws UnknownTenantException {
            int dot = topicType.indexOf('.');
            if (dot <= 0 || dot == topicType.length() - 1) {
                throw new UnknownTenantException("The topic of '" + topicType
                        + "' names no tenant: with router.tenant.from=topic, events.TENANT.TYPE is expected.");
            }
            String tenant = topicType.substring(0, dot);
            if (said.tenant() != null && !said.tenant().equals(tenant)) {
                throw new UnknownTenantException("The header " + EventHeaders.TENANT + " is '" + said.tenant()
                        + "', but the topic is of tenant '" + tenant
                        + "': write to that tenant's topic, or leave the header out.");
            }
            String type = said.type();
            return new Identity(type == null || type.equals(topicType) ? topicType.substring(dot + 1) : type, tenant);
        }
    };

    /** As the setting spells it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where there is none of that name */
    public static TenantSource of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /**
     * What a record is and whose.
     *
     * @param topicType what the topic is called after {@code events.}
     */
    abstract Identity identify(String topicType, EventAttributes said) throws UnknownTenantException;

    /**
     * An event's type and tenant.
     *
     * @param tenant null: nobody's, so that only platform-wide subscriptions may receive it
     */
    record Identity(String type, @Nullable String tenant) {}

    /** Whose the event is cannot be told for certain. */
    static final class UnknownTenantException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownTenantException(String message) {
            super(message);
        }

        Fault fault() {
            return new Fault(PipelineFault.TENANT_MISMATCH, String.valueOf(getMessage()));
        }
    }
}
