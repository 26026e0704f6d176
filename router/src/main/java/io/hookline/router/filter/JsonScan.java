package io.hookline.router.filter;

import io.hookline.router.filter.Scope.Elements;

/** Reads the paths of a plan from a JSON text, in one pass, and skips the rest. */
final class JsonScan {
    private static final int DEPTH_MAX = 1_000;

    private final JsonBytes in;
    private int depth;

    JsonScan(JsonBytes in) {
        this.in = in;
    }

    /** Reads the whole text, which must be one JSON value. */
    void read(FieldPlan.Node node, Scope scope) {
        in.skipByteOrderMark();
        value(in.peek(), node, scope);
        if (in.peek() != -1) {
            throw in.unexpected("the end, after one JSON value");
        }
    }

    private void value(int first, FieldPlan.Node node, Scope scope) {
        if (first == '{') {
            object(node, scope);
        } else if (first == '[') {
            array(node, scope);
        } else if (node.leaf() >= 0) {
            scope.set(node.leaf(), scalar(first));
        } else {
            skip(first);
        }
    }

    private void object(FieldPlan.Node node, Scope scope) {
        enter();
        boolean wanted = node.hasChildren();
        for (boolean more = begin('}'); more; more = more('}')) {
            if (in.peek() != '"') {
                throw in.unexpected("a name");
            }
            FieldPlan.Node child = null;
            if (wanted) {
                child = in.field(node);
            } else {
                in.skipString();
            }
            in.expect(':');
            int first = in.peek();
            if (child == null) {
                skip(first);
            } else {
                scope.clear(child);
                value(first, child, scope);
            }
        }
        depth--;
    }

    private void array(FieldPlan.Node node, Scope scope) {
        enter();
        Elements elements = null;
        for (boolean more = begin(']'); more; more = more(']')) {
            int first = in.peek();
            if (first == '{' || first == '[') {
                Scope element = new Scope(node.low(), node.high());
                value(first, node, element);
                if (!element.isEmpty()) {
                    elements = elements == null ? new Elements(node.low(), node.high()) : elements;
                    elements.scopes.add(element);
                }
            } else if (node.leaf() >= 0) {
                scope.add(node.leaf(), scalar(first));
            } else {
                skip(first);
            }
        }
        if (elements != null) {
            scope.add(elements);
        }
        depth--;
    }

    private Value scalar(int first) {
        return switch (first) {
            case '"' -> new Value.Text(in.string());
            case 't' -> literal("true", Value.Bool.TRUE);
            case 'f' -> literal("false", Value.Bool.FALSE);
            case 'n' -> literal("null", Value.Null.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.number();
            default -> throw in.unexpected("a JSON value");
        };
    }

    private Value literal(String text, Value value) {
        in.literal(text);
        return value;
    }

    private void skip(int first) {
        switch (first) {
            case '"' -> in.skipString();
            case '{' -> skipObject();
            case '[' -> skipArray();
            default -> scalar(first);
        }
    }

    private void skipObject() {
        enter();
        for (boolean more = begin('}'); more; more = more('}')) {
            if (in.peek() != '"') {
                throw in.unexpected("a name");
            }
            in.skipString();
            in.expect(':');
            skip(in.peek());
        }
        depth--;
    }

    private void skipArray() {
        enter();
        for (boolean more = begin(']'); more; more = more(']')) {
            skip(in.peek());
        }
        depth--;
    }

    private void enter() {
        if (++depth > DEPTH_MAX) {
            throw new UnreadableEventException("the payload has more than " + DEPTH_MAX + " levels of nesting");
        }
    }

    /** Consumes the opening of an object or array, and its end if it is empty; whether something is in it. */
    private boolean begin(char close) {
        in.next();
        if (in.peek() == close) {
            in.next();
            return false;
        }
        return true;
    }

    /** Consumes the comma before another item, or the end; whether there is another. */
    private boolean more(char close) {
        int c = in.peek();
        if (c != ',' && c != close) {
            throw in.unexpected("',' or '" + close + "'");
        }
        in.next();
        return c == ',';
    }
}
