-- By when it was asked, which the end of a call does not change: each call changes this index once instead of three times.
DROP INDEX approval_with_content;
CREATE INDEX approval_with_content ON approval (asked_at) WHERE snapshot IS NOT NULL;
