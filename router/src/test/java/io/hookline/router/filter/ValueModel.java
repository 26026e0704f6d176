package io.hookline.router.filter;

import io.hookline.router.filter.Patterns.Numeral;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One value or condition of a pattern against one scalar, as plainly as it can be said; see {@link RulerModel}. */
final class ValueModel {
    private ValueModel() {}

    static boolean passes(Object wanted, Object value) {
        if (!(wanted instanceof Map<?, ?> op)) {
            return same(wanted, value);
        }
        Object operand = op.values().iterator().next();
        return switch ((String) op.keySet().iterator().next()) {
            case "exists" -> true;
            case "exactly" -> operand.equals(value);
            case "numeric" -> numeric((List<?>) operand, value);
            case "cidr" -> value instanceof String text && inNetwork((String) operand, text);
            case "anything-but" ->
                listOf(operand instanceof Map<?, ?> m ? m.values().iterator().next() : operand).stream()
                        .noneMatch(each -> operand instanceof Map<?, ?> m
                                ? passes(Map.of(m.keySet().iterator().next(), each), value)
                                : same(each, value));
            default ->
                value instanceof String text
                        && text((String) op.keySet().iterator().next(), operand, text);
        };
    }

    private static List<?> listOf(Object operand) {
        return operand instanceof List<?> list ? list : List.of(operand);
    }

    private static boolean text(String operator, Object operand, String text) {
        if (operand instanceof Map<?, ?> anyCase) {
            String inner = (String) anyCase.get("equals-ignore-case");
            return text(operator, fold(inner), fold(text));
        }
        String wanted = (String) operand;
        return switch (operator) {
            case "prefix" -> text.startsWith(wanted);
            case "suffix" -> text.endsWith(wanted);
            case "equals-ignore-case" -> fold(text).equals(fold(wanted));
            case "wildcard" ->
                Pattern.compile(regex(wanted), Pattern.DOTALL).matcher(text).matches();
            default -> throw new AssertionError(operator);
        };
    }

    private static String fold(String text) {
        return text.chars()
                .mapToObj(c -> String.valueOf(Character.toLowerCase(Character.toUpperCase((char) c))))
                .collect(Collectors.joining());
    }

    private static String regex(String wildcard) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcard.length(); i++) {
            char c = wildcard.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c == '\\' ? wildcard.charAt(++i) : c)));
            }
        }
        return regex.toString();
    }

    private static boolean inNetwork(String network, String text) {
        if (!text.matches("[0-9]+(\\.[0-9]+){3}")) {
            return false;
        }
        String[] parts = network.split("/", 2);
        int shift = 32 - Integer.parseInt(parts[1]);
        return bits(text) >> shift == bits(parts[0]) >> shift;
    }

    private static long bits(String address) {
        long bits = 0;
        for (String part : address.split("\\.", -1)) {
            bits = (bits << 8) | Integer.parseInt(part);
        }
        return bits;
    }

    // ---- numbers ----

    private static boolean same(Object wanted, Object value) {
        return (wanted instanceof Numeral a && value instanceof Numeral b)
                ? exact(a).compareTo(exact(b)) == 0
                : wanted.equals(value);
    }

    private static boolean numeric(List<?> comparisons, Object value) {
        if (!(value instanceof Numeral number)) {
            return false;
        }
        for (int i = 0; i < comparisons.size(); i += 2) {
            int order = exact(number).compareTo(exact((Numeral) comparisons.get(i + 1)));
            boolean passes = switch ((String) comparisons.get(i)) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw new AssertionError(comparisons);
            };
            if (!passes) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal exact(Numeral number) {
        return new BigDecimal(number.text());
    }
}
