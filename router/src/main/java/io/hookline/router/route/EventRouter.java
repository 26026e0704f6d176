package io.hookline.router.route;

import io.hookline.avro.PipelineFault;
import io.hookline.router.filter.EventAttributes;
import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import io.hookline.router.filter.UnreadableEventException;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Selection;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.event.InvalidEventHeaderException;
import io.hookline.schemas.topic.TopicNames;
import java.time.Instant;

/**
 * Decides who receives an event.
 *
 * <ul>
 *   <li>The type is the {@code ce_type} header, else what the topic is named for; the tenant is what {@link TenantSource} says.
 *   <li>The pipeline's own events go to those who name their type, not to those who want every type; their tenant is the {@code ce_tenant} header.
 *   <li>Headers that cannot be read, no value, or a value whose envelope is not sound: nobody receives it.
 *   <li>Data that turns out to be unreadable when a filter needs it: those who need no data receive it, and it is a fault besides.
 * </ul>
 */
public final class EventRouter {
    private final TopicNames names;
    private final TenantSource tenants;
    private final Matcher matcher;
    private final Schemas schemas;
    private final FanOut fanOut;

    /**
     * @param partitions P
     */
    public EventRouter(TopicNames names, TenantSource tenants, int partitions, Matcher matcher, Schemas schemas) {
        this.names = names;
        this.tenants = tenants;
        this.matcher = matcher;
        this.schemas = schemas;
        this.fanOut = new FanOut(partitions);
    }

    /** Routes one event. Throws only where this program is wrong; see {@link #internalFault}. */
    public Routing route(SourceEvent event) {
        fanOut.clear();
        String topicType = names.eventType(event.topic()).orElse(event.topic());
        io.hookline.schemas.event.EventAttributes said;
        try {
            said = EventHeaders.read(event.headers());
        } catch (InvalidEventHeaderException e) {
            return dead(topicType, new Fault(PipelineFault.INVALID_HEADERS, String.valueOf(e.getMessage())));
        }
        TenantSource.Identity identity;
        try {
            identity = (isOperational(event) ? TenantSource.HEADER : tenants).identify(topicType, said);
        } catch (TenantSource.UnknownTenantException e) {
            return dead(topicType, e.fault());
        }
        String type = identity.type();
        Payload payload;
        try {
            payload = Payload.of(event.value(), said.isJson(), schemas);
        } catch (UndecodableEventException e) {
            return dead(type, e.fault());
        }
        return match(event, attributes(identity, said), type, payload);
    }

    /** What becomes of an event on which this program failed. */
    public Routing internalFault(SourceEvent event, RuntimeException failure) {
        fanOut.clear();
        return dead(
                names.eventType(event.topic()).orElse(event.topic()),
                new Fault(PipelineFault.INTERNAL, "The router failed on this event, please report it: " + failure));
    }

    private Routing match(SourceEvent event, EventAttributes attributes, String type, Payload payload) {
        Selection selection = isOperational(event)
                ? matcher.selectNamed(type, attributes.tenant())
                : matcher.select(type, attributes.tenant());
        if (selection.isEmpty()) {
            return new Routing(type, attributes.tenant(), fanOut, null);
        }
        EventView view = payload.view(attributes, selection.plan());
        try {
            selection.match(view, event.recordedAtMs(), fanOut);
            return new Routing(type, attributes.tenant(), fanOut, null);
        } catch (UnreadableEventException e) {
            fanOut.clear();
            EventView bare = EventView.ofAttributes(attributes, FieldPlan.NOTHING);
            selection.matchWithoutData(bare, event.recordedAtMs(), fanOut);
            Fault fault = new Fault(
                    PipelineFault.UNDECODABLE,
                    "A subscription's filter looks into the data, but " + e.getMessage()
                            + ". Only subscriptions that do not look into the data received it.");
            return new Routing(type, attributes.tenant(), fanOut, fault);
        }
    }

    private boolean isOperational(SourceEvent event) {
        return event.topic().equals(names.operations());
    }

    private Routing dead(String type, Fault fault) {
        return new Routing(type, null, fanOut, fault);
    }

    private static EventAttributes attributes(
            TenantSource.Identity identity, io.hookline.schemas.event.EventAttributes said) {
        Instant time = said.time();
        return new EventAttributes(
                identity.type(),
                said.source(),
                said.subject(),
                identity.tenant(),
                said.id(),
                time == null ? null : time.toString());
    }
}
