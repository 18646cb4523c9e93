CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Contents; numbers are never used again. encoding of the document: 0 as it is, 1 zstd; length is that of the document itself.
CREATE TABLE content (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    blob     BLOB NOT NULL UNIQUE,
    partial  INTEGER NOT NULL,
    encoding INTEGER NOT NULL,
    length   INTEGER NOT NULL,
    document BLOB NOT NULL
) STRICT;

CREATE INDEX content_partial ON content (number) WHERE partial = 1;

-- Their tokens, by number: only in which contents each occurs, not where and not how often, and no copy of them. "ascii" takes all that is not ASCII as it is.
CREATE VIRTUAL TABLE content_tokens USING fts5 (tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

-- Memory for the tokens of one transaction; what doesn't fit becomes one more piece to be merged. Pieces of a size are merged when there are
-- eight of them: with four adding costs a tenth more, with sixteen the index is a quarter larger.
INSERT INTO content_tokens (content_tokens, rank) VALUES ('hashsize', 33554432);
INSERT INTO content_tokens (content_tokens, rank) VALUES ('automerge', 8);

-- How far each subscriber of the event log is.
CREATE TABLE content_progress (
    subscriber TEXT NOT NULL,
    partition  INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (subscriber, partition)
) STRICT, WITHOUT ROWID;
