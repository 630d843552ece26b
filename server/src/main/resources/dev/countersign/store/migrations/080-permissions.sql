-- Relationship tuples: subject has relation to object, e.g. (folder:handbook, viewer, group:staff#member).
CREATE TABLE relationship (
    object TEXT NOT NULL,
    relation TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (object, relation, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX relationship_by_subject ON relationship (subject, relation, object);
