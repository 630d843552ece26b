package dev.countersign.connector.workspace.tools;

/** Field docs that many tools share. */
final class Docs {
    static final String ACCOUNT = "id or label from accounts_list; needed when several accounts could be meant";
    static final String ACCOUNTS = "ids or labels from accounts_list; absent for all";
    static final String CURSOR = "nextCursor of the page before, with all other arguments unchanged";
    static final String LIMIT = "how many at most";
    static final String CALENDAR = "calendar id from calendar_list_calendars; absent for the main calendar";
    static final String EVENT = "id from calendar_list_events or calendar_search_events";
    static final String APPLY_TO = "for a recurring event: this instance or the whole series";
    static final String ZONE = "IANA zone of times without offset, e.g. Europe/Berlin; absent for the person's own";
    static final String FROM = "RFC 3339 time, local time, or date, e.g. 2026-11-24T09:00; absent for now";
    static final String UNTIL = "like 'from', not included; a date includes that day";
    static final String START = "local time in 'zone' (2026-11-24T15:00), time with offset, or a date for whole days";
    static final String END = "like 'start'; for whole days the last day, included";
    static final String ADDRESSES = "mail addresses, each 'a@example.com' or 'Name <a@example.com>'";
    static final String MESSAGE = "message id from mail_search or mail_get_thread";
    static final String FOLDER = "folder id from mail_list_folders, or inbox, drafts, sent, archive, trash, spam";
    static final String ATTACH = "files of other messages to attach";
    static final String DRAFT = "draftId from mail_create_draft or mail_search";
    static final String BODY = "plain text";
    static final String OFFSET = "nextOffset of the part before; absent for the start";

    private Docs() {}
}
