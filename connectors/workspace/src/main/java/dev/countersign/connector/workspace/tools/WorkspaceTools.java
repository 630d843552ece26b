package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import java.util.List;

/** Every tool over the workspace services, in the order in which clients see them. */
public final class WorkspaceTools implements Toolset {
    private static final List<Tool<?, ?>> TOOLS = List.of(
            CalendarListCalendars.tool(),
            CalendarListEvents.tool(),
            CalendarSearchEvents.tool(),
            CalendarGetEvent.tool(),
            CalendarFindFreeTime.tool(),
            CalendarCreateEvent.tool(),
            CalendarUpdateEvent.tool(),
            CalendarDeleteEvent.tool(),
            CalendarRespond.tool(),
            MailSearch.tool(),
            MailGetMessage.tool(),
            MailGetThread.tool(),
            MailListFolders.tool(),
            MailGetAttachment.tool(),
            MailCreateDraft.tool(),
            MailUpdateDraft.tool(),
            MailSendDraft.tool(),
            MailSend.tool(),
            MailReply.tool(),
            MailForward.tool(),
            MailMove.tool(),
            MailTrash.tool(),
            ContactsSearch.tool(),
            FilesSearch.tool(),
            FilesGet.tool());

    @Override
    public List<Tool<?, ?>> tools() {
        return TOOLS;
    }
}
