package dev.countersign.workspace;

class MicrosoftWorkspaceTest extends WorkspaceSuite {
    MicrosoftWorkspaceTest() {
        super(new MicrosoftAccounts());
    }
}
