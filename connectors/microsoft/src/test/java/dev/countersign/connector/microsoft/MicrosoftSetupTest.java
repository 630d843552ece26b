package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class MicrosoftSetupTest {
    private static final URI REDIRECT = URI.create("https://sign.example.com/connect/microsoft/callback");

    @Test
    void steps_nameTheRedirectAddress() {
        assertThat(new MicrosoftConnector().setup(REDIRECT).steps())
                .anyMatch(step -> step.lines().anyMatch(REDIRECT.toString()::equals));
    }

    @Test
    void pageOfAnUnknownClient_isToldByItsCode() {
        var page =
                "<title>Sign in</title> AADSTS700016: Application with identifier 'x' was not found in the directory";

        assertThat(MicrosoftSetup.problem(200, "", page))
                .hasValueSatisfying(said -> assertThat(said).contains("AADSTS700016", "client id"));
    }

    @Test
    void signInPage_isNoProblem() {
        assertThat(MicrosoftSetup.problem(200, "", "<title>Sign in to your account</title>"))
                .isEmpty();
        assertThat(MicrosoftSetup.problem(503, "", "")).contains("it answers 503");
    }
}
