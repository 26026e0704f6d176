package io.hookline.testkit.receiver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UnreachableReceiverTest {

    @Test
    void shouldLetNobodyConnectAndRefuseOnceClosed() throws Exception {
        InetSocketAddress address;
        try (UnreachableReceiver receiver = UnreachableReceiver.start()) {
            address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), receiver.url().getPort());
            for (int i = 0; i < 3; i++) {
                try (Socket socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(address, 300)).isInstanceOf(SocketTimeoutException.class);
                }
            }
        }
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(address, 5000)).isInstanceOf(ConnectException.class);
        }
    }
}
