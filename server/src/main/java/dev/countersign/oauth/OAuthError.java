package dev.countersign.oauth;

/** Ends a request with an error of OAuth: a code and a sentence for the caller, and a detail for the log only. */
public final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final Code code;
    private final String sentence;
    private final String detail;

    /** Error codes with the document that gives their meaning. */
    public enum Code {
        /** No token was presented at all; a challenge then carries no error. RFC 6750 section 3.1. */
        NO_TOKEN(""),
        // RFC 6749 sections 4.1.2.1 and 5.2
        INVALID_REQUEST("invalid_request"),
        INVALID_CLIENT("invalid_client"),
        INVALID_GRANT("invalid_grant"),
        UNAUTHORIZED_CLIENT("unauthorized_client"),
        UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),
        UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type"),
        UNSUPPORTED_TOKEN_TYPE("unsupported_token_type"),
        INVALID_SCOPE("invalid_scope"),
        ACCESS_DENIED("access_denied"),
        // RFC 6750 section 3.1
        INVALID_TOKEN("invalid_token"),
        INSUFFICIENT_SCOPE("insufficient_scope"),
        /** RFC 8707 section 2. */
        INVALID_TARGET("invalid_target"),
        // OpenID Connect Core section 3.1.2.6
        LOGIN_REQUIRED("login_required"),
        CONSENT_REQUIRED("consent_required"),
        REQUEST_NOT_SUPPORTED("request_not_supported"),
        REQUEST_URI_NOT_SUPPORTED("request_uri_not_supported"),
        // RFC 7591 section 3.2.2
        INVALID_REDIRECT_URI("invalid_redirect_uri"),
        INVALID_CLIENT_METADATA("invalid_client_metadata"),
        /** RFC 9470 section 3. */
        INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication"),
        /** Too many requests of one kind; 429. */
        SLOW_DOWN("slow_down");

        private final String value;

        Code(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /**
     * @param status of the HTTP answer, where there is one
     * @param sentence for the caller
     * @param detail for the log; never sent, and holds no token
     */
    public OAuthError(int status, Code code, String sentence, String detail) {
        super(code.value() + ": " + sentence + (detail.isEmpty() ? "" : " (" + detail + ")"));
        this.status = status;
        this.code = code;
        this.sentence = sentence;
        this.detail = detail;
    }

    /** An error with status 400 and nothing to add for the log. */
    public OAuthError(Code code, String sentence) {
        this(400, code, sentence, "");
    }

    public int status() {
        return status;
    }

    public Code code() {
        return code;
    }

    /** What the caller may read: ASCII without quotes, as {@code error_description} allows. */
    public String sentence() {
        return sentence;
    }

    public String detail() {
        return detail;
    }
}
