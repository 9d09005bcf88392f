package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingListener;
import io.github.nettyping.cli.output.FirstFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingPingListenerTest {

    @Test
    void everythingIsPassedOn() throws Exception {
        List<String> told = new ArrayList<>();
        PingListener listener = (PingListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PingListener.class}, (proxy, method, arguments) -> {
                    told.add(method.getName());
                    return null;
                });
        FirstFailure failures = new FirstFailure(() -> {});
        PingListener guarded = new ForwardingPingListener(failures::run, listener);
        List<String> all = new ArrayList<>();
        for (Method method : PingListener.class.getDeclaredMethods()) {
            if (!method.isSynthetic()) {
                all.add(method.getName());
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(ForwardingPingListenerTest::any)
                        .toArray();
                method.invoke(guarded, arguments);
            }
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(all).hasSizeGreaterThan(5);
        assertThat(failures.failure()).isEmpty();
    }

    private static Object any(Class<?> type) {
        if (type == ByteBuf.class) {
            return Unpooled.EMPTY_BUFFER;
        }
        return type == long.class ? (Object) 1L : type == int.class ? (Object) 1 : null;
    }
}
