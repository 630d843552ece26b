-- Documents of the organisation. object is their name in relationships: document:<id>.
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    object TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX document_by_folder ON document (folder);
-- The words of the documents; rows have the document's number.
CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content='document', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
