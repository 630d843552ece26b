package dev.countersign.workspace;

class StandardsWorkspaceTest extends WorkspaceSuite {
    StandardsWorkspaceTest() {
        super(new StandardsAccounts());
    }
}
