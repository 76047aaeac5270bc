package isthmus.chaos.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;

/**
 * Halts the hub at a named point, as a power cut would: it watches the statements that go to the store. On the class path of
 * a child JVM only, and asleep unless {@code ISTHMUS_CHAOS_CRASH} says {@code <point>:<n>}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("isthmus.chaos.crash")
public class CrashPoints implements BeanPostProcessor {
    private static final int KILLED = 137;

    private final String point;
    private final AtomicInteger left;

    public CrashPoints() {
        String[] wish = System.getenv("ISTHMUS_CHAOS_CRASH").split(":");
        point = wish[0];
        left = new AtomicInteger(Integer.parseInt(wish[1]));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && name.equals("storeDataSource")
                ? proxy(DataSource.class, (proxy, method, arguments) -> watched(call(source, method, arguments)))
                : bean;
    }

    private Object watched(Object answer) {
        return answer instanceof Connection connection ? proxy(Connection.class, new Watched(connection)) : answer;
    }

    private void reached(String here) {
        if (here.equals(point) && left.decrementAndGet() == 0) {
            System.err.println("crash point " + point);
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** One connection, and what its open transaction has done so far. */
    private final class Watched implements InvocationHandler {
        private final Connection connection;
        private boolean tellsTheFeed;
        private boolean movesInFile;
        private boolean closesFile;

        Watched(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "prepareStatement" -> saw((String) arguments[0]);
                case "createStatement" -> {
                    Statement statement = (Statement) call(connection, method, arguments);
                    return proxy(Statement.class, (self, work, given) -> {
                        if (given != null && given.length > 0 && given[0] instanceof String sql) {
                            saw(sql);
                        }
                        return call(statement, work, given);
                    });
                }
                case "commit" -> {
                    return commit(method);
                }
                case "rollback" -> forget();
                case "close" -> forget();
                default -> {}
            }
            return call(connection, method, arguments);
        }

        private void saw(String sql) {
            tellsTheFeed |= sql.contains("insert into chunk_log");
            movesInFile |= sql.startsWith("update arrival set updated");
            closesFile |= sql.startsWith("update arrival set state");
            List.of(
                            new String[] {"insert into run_count", "after-upsert"},
                            new String[] {"insert into feed_position", "after-send"})
                    .forEach(mark -> {
                        if (sql.startsWith(mark[0])) {
                            reached(mark[1]);
                        }
                    });
        }

        private Object commit(Method method) throws Throwable {
            boolean tells = tellsTheFeed;
            boolean moves = movesInFile;
            boolean closes = closesFile;
            if (tells) {
                reached("before-commit");
            }
            Object answer = call(connection, method);
            forget();
            if (tells) {
                reached("after-commit");
            }
            if (moves) {
                reached("in-file");
            }
            if (closes) {
                reached("before-move");
            }
            return answer;
        }

        private void forget() {
            tellsTheFeed = false;
            movesInFile = false;
            closesFile = false;
        }
    }
}
