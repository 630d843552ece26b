package dev.countersign.client;

/** The other side answered with something that the protocol or the page does not allow here. */
public class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClientException(String message) {
        super(message);
    }

    public ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
