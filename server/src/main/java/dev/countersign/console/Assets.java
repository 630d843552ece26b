package dev.countersign.console;

import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Style sheet, mark and script. Their address changes with their content, so that browsers may keep them for good. */
public final class Assets {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "countersign.css", "text/css; charset=utf-8",
            "freshen.js", "text/javascript; charset=utf-8",
            "mark.svg", "image/svg+xml");

    /** 48 bits tell apart all versions that there will ever be. */
    private static final int VERSION_CHARACTERS = 12;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final String version;

    public Assets() {
        MEDIA_TYPES.keySet().forEach(name -> files.put(name, read(name)));
        version = digest().substring(0, VERSION_CHARACTERS);
    }

    /** The folder of this version, without a slash at its end. */
    public String folder() {
        return "/assets/" + version;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/assets/{version}/{name}", Route.Kind.ASSET, this::answer),
                Route.get("/favicon.ico", Route.Kind.ASSET, request -> Response.seeOther(folder() + "/mark.svg")));
    }

    private Response answer(Request request) {
        var name = request.pathValue("name");
        var file = files.get(name);
        if (file == null) {
            throw new HttpException(404, "There is nothing at this address.");
        }
        var headers = List.of(
                new Response.Header("Content-Type", Objects.requireNonNull(MEDIA_TYPES.get(name))),
                new Response.Header("Cache-Control", cacheControl(request.pathValue("version"))),
                // a drawing that is opened by itself runs nothing
                new Response.Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"));
        return new Response(200, headers, file);
    }

    private String cacheControl(String asked) {
        return asked.equals(version) ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String name) {
        try (var file = Assets.class.getResourceAsStream("assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks the file " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
