package dev.countersign.workspace;

class SandboxWorkspaceTest extends WorkspaceSuite {
    SandboxWorkspaceTest() {
        super(new SandboxAccounts());
    }
}
