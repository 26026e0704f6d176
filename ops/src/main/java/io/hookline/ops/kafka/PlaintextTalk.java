package io.hookline.ops.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * Speaks Kafka's protocol without TLS and SASL to an address, two requests long, to tell a listener that wants either from one that is only
 * slow. A TLS listener closes the connection, or answers with an alert; a SASL listener answers the question for its versions and closes
 * at the next.
 */
final class PlaintextTalk {
    private static final int ANSWER_MS_MAX = 1_500;
    private static final short API_VERSIONS = 18;
    private static final short METADATA = 3;
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    /** Name under which brokers log it. */
    private static final byte[] CLIENT = {'h', 'o', 'o', 'k', 'l', 'i', 'n', 'e'};

    private PlaintextTalk() {}

    /** What a connected address does, as words for people. */
    static String with(Socket socket) {
        try {
            socket.setSoTimeout(ANSWER_MS_MAX);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            // Version 0 and no body; version 1 and an empty list of topics. Brokers know both.
            boolean isKafka = ask(out, in, API_VERSIONS, (short) 0, new byte[0])
                    && ask(out, in, METADATA, (short) 1, new byte[Integer.BYTES]);
            return isKafka ? "answers now, but did not in time before: it is busy or has just started" : notPlaintext();
        } catch (SocketTimeoutException e) {
            return "accepts connections, but did not answer in " + ANSWER_MS_MAX + " ms: it may be busy or no Kafka";
        } catch (EOFException | SocketException e) {
            return notPlaintext();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String notPlaintext() {
        return "accepts connections, but is no plaintext Kafka listener (TLS or SASL settings go into --command-config)";
    }

    /** Whether the answer is one of Kafka's to this request. */
    private static boolean ask(DataOutputStream out, DataInputStream in, short api, short version, byte[] body)
            throws IOException {
        int correlation = 0x686f_6f00 + api;
        out.writeInt(2 * Short.BYTES + Integer.BYTES + Short.BYTES + CLIENT.length + body.length);
        out.writeShort(api);
        out.writeShort(version);
        out.writeInt(correlation);
        out.writeShort(CLIENT.length);
        out.write(CLIENT);
        out.write(body);
        out.flush();
        int length = in.readInt();
        if (length < Integer.BYTES || length > ANSWER_BYTES_MAX || in.readInt() != correlation) {
            return false;
        }
        in.skipNBytes(length - Integer.BYTES);
        return true;
    }
}
