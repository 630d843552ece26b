package dev.countersign.workspace;

class GoogleWorkspaceTest extends WorkspaceSuite {
    GoogleWorkspaceTest() {
        super(new GoogleAccounts());
    }
}
