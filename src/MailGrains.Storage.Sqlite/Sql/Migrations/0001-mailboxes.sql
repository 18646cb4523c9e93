-- Page size, WAL and the journal of these scripts are set up by the program before this runs.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a mailbox: its fence (epoch) and the counters of MailboxHead. "no" is the mailbox's short name in all other tables.
CREATE TABLE mailbox (
    no               INTEGER PRIMARY KEY,
    account          BLOB NOT NULL UNIQUE,
    epoch            INTEGER NOT NULL,
    modseq           INTEGER NOT NULL DEFAULT 0,
    last_email       INTEGER NOT NULL DEFAULT 0,
    last_folder      INTEGER NOT NULL DEFAULT 0,
    last_uidvalidity INTEGER NOT NULL DEFAULT 0,
    event_sequence   INTEGER NOT NULL DEFAULT 0,
    event_hash       BLOB NOT NULL DEFAULT (zeroblob(32)),
    messages         INTEGER NOT NULL DEFAULT 0,
    size             INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE folder (
    no                  INTEGER PRIMARY KEY,
    mailbox             INTEGER NOT NULL,
    id                  INTEGER NOT NULL,
    path                TEXT NOT NULL,
    special_use         TEXT,
    uidvalidity         INTEGER NOT NULL,
    uidnext             INTEGER NOT NULL,
    highest_modseq      INTEGER NOT NULL,
    messages            INTEGER NOT NULL,
    unseen              INTEGER NOT NULL,
    deleted             INTEGER NOT NULL,
    size                INTEGER NOT NULL,
    recent_from         INTEGER NOT NULL,
    expunges_forgotten  INTEGER NOT NULL,
    UNIQUE (mailbox, id)
) STRICT;

-- key = folder.no << 25 | page number. A rowid table, because a page of up to 2 KB stays in one leaf there, while an index
-- b-tree (WITHOUT ROWID) sends everything above 1002 octets to an overflow page of its own.
CREATE TABLE page (
    key  INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

-- key = mailbox.no << 40 | email id: the contents of a mailbox lie together, in the order of their arrival.
CREATE TABLE email (
    key     INTEGER PRIMARY KEY,
    body    INTEGER NOT NULL,
    prefix  BLOB NOT NULL,
    summary BLOB NOT NULL
) STRICT;

-- References beyond the first, for the few contents that have them: a COPY touches no summary.
CREATE TABLE email_extra (
    key        INTEGER PRIMARY KEY,
    references_ INTEGER NOT NULL
) STRICT;

-- Where bodies lie; "emails" counts the rows of email that point here, so that what nothing points to can be found and collected.
CREATE TABLE body (
    no            INTEGER PRIMARY KEY,
    blob          BLOB NOT NULL UNIQUE,
    pack          INTEGER NOT NULL,
    offset        INTEGER NOT NULL,
    stored_length INTEGER NOT NULL,
    length        INTEGER NOT NULL,
    emails        INTEGER NOT NULL
) STRICT;

CREATE INDEX body_unused ON body (no) WHERE emails = 0;

-- A UID is expunged once, so folder, modseq and the first UID of the set name a row.
CREATE TABLE expunge (
    folder    INTEGER NOT NULL,
    modseq    INTEGER NOT NULL,
    first_uid INTEGER NOT NULL,
    uids      BLOB NOT NULL,
    PRIMARY KEY (folder, modseq, first_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE keyword (
    mailbox INTEGER NOT NULL,
    bit     INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (mailbox, bit)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription (
    mailbox INTEGER NOT NULL,
    path    TEXT NOT NULL,
    PRIMARY KEY (mailbox, path)
) STRICT, WITHOUT ROWID;

-- "at" in µs since 1970. No index on it: one would cost every delivery a page, while forgetting old operations is a scan a day.
CREATE TABLE operation (
    mailbox INTEGER NOT NULL,
    id      BLOB NOT NULL,
    at      INTEGER NOT NULL,
    result  BLOB NOT NULL,
    PRIMARY KEY (mailbox, id)
) STRICT, WITHOUT ROWID;

-- key = partition << 48 | position.
CREATE TABLE event (
    key      INTEGER PRIMARY KEY,
    mailbox  INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    type     TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash     BLOB NOT NULL,
    payload  BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_mailbox ON event (mailbox, sequence);

-- The last position given out in each partition; never falls, even if old events are archived away.
CREATE TABLE event_partition (
    partition INTEGER PRIMARY KEY,
    last      INTEGER NOT NULL
) STRICT;
