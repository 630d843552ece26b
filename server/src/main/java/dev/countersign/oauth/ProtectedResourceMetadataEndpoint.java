package dev.countersign.oauth;

import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Says which authorization server guards {@code /mcp} and which scopes there are. RFC 9728 section 3. */
public final class ProtectedResourceMetadataEndpoint implements Endpoint {
    private final Addresses addresses;
    private final List<String> scopes;

    /**
     * @param scopes what a client needs for what is offered; {@code offline_access} is not a need of the resource
     */
    public ProtectedResourceMetadataEndpoint(Addresses addresses, Collection<String> scopes) {
        this.addresses = addresses;
        this.scopes = List.copyOf(scopes);
    }

    @Override
    public Response answer(Request request) {
        return Response.json(200, document()).with("Cache-Control", "no-store");
    }

    private byte[] document() {
        var members = new LinkedHashMap<String, Object>();
        members.put("resource", addresses.resource());
        members.put("authorization_servers", List.of(addresses.issuer()));
        members.put("scopes_supported", scopes);
        members.put("bearer_methods_supported", List.of("header"));
        members.put("resource_name", "Countersign");
        return JsonMapper.shared().writeValueAsBytes(members);
    }
}
