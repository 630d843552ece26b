package dev.countersign.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** What everything is measured against: a servlet that reads the request and answers 300 fixed bytes. */
public final class BareServer {
    private static final int ANSWER_BYTES = 300;

    private BareServer() {}

    /** The port is the first argument. */
    public static void main(String[] arguments) throws Exception {
        serve(Integer.parseInt(arguments[0]), new Fixed());
    }

    static void serve(int port, HttpServlet servlet) throws Exception {
        var server = new Server(new VirtualThreadPool());
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }

    private static final class Fixed extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final byte[] answer = answer();

        private static byte[] answer() {
            var frame = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
                    + BenchTools.WORDS + "%s\"}]}}";
            var filling = ".".repeat(ANSWER_BYTES - frame.formatted("").length());
            return frame.formatted(filling).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setContentType("application/json");
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }
    }
}
