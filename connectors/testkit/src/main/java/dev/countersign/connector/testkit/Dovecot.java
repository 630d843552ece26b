package dev.countersign.connector.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Dovecot 2.3, a real IMAP server that takes mail by LMTP; whoever signs in has a mailbox. On Debian as root it is installed;
 * elsewhere its tests are left out unless {@code CI=true}.
 */
public final class Dovecot implements AutoCloseable {
    private static final DebianProgram PROGRAM = new DebianProgram(
            "Dovecot 2.3", Path.of("/usr/lib/dovecot/lmtp"), List.of("dovecot-imapd", "dovecot-lmtpd"));
    private static final Path MASTER = Path.of("/usr/sbin/dovecot");
    private static final int START_SECONDS = 60;
    private static final int MOST_STARTS = 5;

    private final Process process;
    private final Path folder;
    private final int imapPort;
    private final int lmtpPort;

    private Dovecot(Process process, Path folder, int imapPort, int lmtpPort) {
        this.process = process;
        this.folder = folder;
        this.imapPort = imapPort;
        this.lmtpPort = lmtpPort;
    }

    /** @param settings what its configuration says of namespaces, extensions and signing in */
    public static Dovecot start(String settings) {
        return start(settings, Map.of());
    }

    /**
     * With further files.
     *
     * @param settings names the folder of the files as {@code {folder}}
     * @param files text by name
     */
    public static Dovecot start(String settings, Map<String, String> files) {
        PROGRAM.installed();
        try {
            if (!DebianProgram.said(MASTER.toString(), "--version").startsWith("2.3.")) {
                PROGRAM.leaveOut();
            }
            for (var i = 0; i < MOST_STARTS; i++) {
                var folder = Files.createTempDirectory("dovecot");
                for (var file : files.entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
                var here = settings.replace("{folder}", folder.toString());
                var dovecot = launched(folder, here, freePort(), freePort());
                if (dovecot.listens()) {
                    return dovecot;
                }
                var log = Files.readString(folder.resolve("log"));
                dovecot.close();
                if (!log.contains("in use")) {
                    throw new IllegalStateException("Dovecot did not start: " + log);
                }
            }
            throw new IllegalStateException("Dovecot found no free port");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It lets nobody read mail as root: with root's rights it gives them up first. */
    private static Dovecot launched(Path folder, String settings, int imapPort, int lmtpPort) throws IOException {
        var root = DebianProgram.said("id", "-u").equals("0");
        var user = root ? "nobody" : DebianProgram.said("id", "-un");
        var group = root ? "nogroup" : DebianProgram.said("id", "-gn");
        var file = folder.resolve("dovecot.conf");
        Files.writeString(file, configuration(folder, user, group, imapPort, lmtpPort) + settings);
        Files.createFile(folder.resolve("log"));
        DebianProgram.said("chown", "-R", user + ":" + group, folder.toString());
        var start = List.of(MASTER.toString(), "-F", "-c", file.toString());
        var other = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
        var builder = new ProcessBuilder(Stream.concat(root ? other.stream() : Stream.of(), start.stream())
                .toList());
        var process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Dovecot(process, folder, imapPort, lmtpPort);
    }

    private static String configuration(Path folder, String user, String group, int imapPort, int lmtpPort) {
        return """
            base_dir = %1$s/run
            state_dir = %1$s/state
            log_path = %1$s/log
            protocols = imap lmtp
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            auth_failure_delay = 0
            mail_fsync = never
            default_internal_user = %2$s
            default_internal_group = %3$s
            default_login_user = %2$s
            first_valid_uid = 1
            mail_location = maildir:%1$s/mail/%%u
            mail_max_userip_connections = 100
            userdb {
              driver = static
              args = uid=%2$s gid=%3$s home=%1$s/home/%%u allow_all_users=yes
            }
            service anvil {
              chroot =
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = %4$d
              }
              inet_listener imaps {
                port = 0
              }
            }
            service lmtp {
              inet_listener lmtp {
                port = %5$d
              }
            }
            """.formatted(folder, user, group, imapPort, lmtpPort);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            if (greets(imapPort) && greets(lmtpPort)) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return false;
    }

    private static boolean greets(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    public int imapPort() {
        return imapPort;
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a message into the inbox of a user, as a mail server does that has taken it for them. RFC 2033. */
    public void deliver(String user, byte[] message) {
        try (var lmtp = new LmtpTalk(lmtpPort)) {
            lmtp.deliver(user, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it keeps the mail of a user: a folder of folders in Maildir++. */
    public Path mail(String user) {
        return folder.resolve("mail").resolve(user);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            DebianProgram.said("rm", "-rf", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
