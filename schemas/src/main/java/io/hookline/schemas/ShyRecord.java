package io.hookline.schemas;

import org.apache.avro.specific.SpecificRecordBase;

/**
 * What every generated record extends: a record that may be logged. Avro's own text form prints secrets and whole payloads; this one
 * shows the size of bytes instead of the bytes, masks fields marked {@code "sensitive": true} in the schema, and is cut where it gets
 * long. It is for people; whoever needs the data encodes the record.
 */
public abstract class ShyRecord extends SpecificRecordBase {
    @Override
    public final String toString() {
        return RecordText.of(this);
    }
}
