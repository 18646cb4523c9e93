-- The archive's memory, derived from the event log: this file can be made anew from it. Times are in µs since 1970 unless something else is said.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The last position of the log whose effect is here.
CREATE TABLE record_progress (
    subscriber TEXT NOT NULL,
    partition  INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (subscriber, partition)
) STRICT, WITHOUT ROWID;

-- What retention knew of the clock: one row at the most. "waiting" in µs of running.
CREATE TABLE record_clock (
    no      INTEGER PRIMARY KEY,
    wall    INTEGER NOT NULL,
    waiting INTEGER NOT NULL
) STRICT;

-- "at" is the effective time of the last event, and never goes back. "no" is the mailbox's short name in all other tables.
CREATE TABLE record_mailbox (
    no      INTEGER PRIMARY KEY,
    account BLOB NOT NULL UNIQUE,
    at      INTEGER NOT NULL
) STRICT;

-- The events that changed something, by the mailbox's own sequence; other tables name an event by that.
CREATE TABLE record_act (
    mailbox  INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    type     TEXT NOT NULL,
    actor    TEXT,
    PRIMARY KEY (mailbox, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_act_at ON record_act (mailbox, at, sequence);

-- A folder under one name, from an event until another.
CREATE TABLE record_folder (
    mailbox      INTEGER NOT NULL,
    folder       INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    until        INTEGER,
    uid_validity INTEGER NOT NULL,
    path         TEXT NOT NULL,
    special_use  TEXT,
    state_id     TEXT,
    PRIMARY KEY (mailbox, folder, since)
) STRICT, WITHOUT ROWID;

-- One message in one folder. "arrived" is when it came into the mailbox, "left_at" when it left the folder; internal_date in seconds; flags separated by
-- blanks. origin: 0 new, 1 append, 2 copy, 3 move; ending: 0 expunge, 1 move, 2 folder deleted.
CREATE TABLE record_entry (
    no            INTEGER PRIMARY KEY,
    mailbox       INTEGER NOT NULL,
    folder        INTEGER NOT NULL,
    uid           INTEGER NOT NULL,
    uid_validity  INTEGER NOT NULL,
    email         INTEGER NOT NULL,
    blob          BLOB NOT NULL,
    prefix        BLOB,
    message_id    TEXT,
    size          INTEGER NOT NULL,
    internal_date INTEGER NOT NULL,
    arrived       INTEGER NOT NULL,
    origin        INTEGER NOT NULL,
    source        INTEGER,
    since         INTEGER NOT NULL,
    first_flags   TEXT NOT NULL,
    flags         TEXT NOT NULL,
    until         INTEGER,
    left_at       INTEGER,
    ending        INTEGER
) STRICT;

CREATE UNIQUE INDEX record_entry_place ON record_entry (mailbox, folder, uid);
CREATE INDEX record_entry_mailbox ON record_entry (mailbox);
CREATE INDEX record_entry_email ON record_entry (mailbox, email);
CREATE INDEX record_entry_message_id ON record_entry (mailbox, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX record_entry_blob ON record_entry (blob, mailbox);
CREATE INDEX record_entry_left ON record_entry (left_at, no) WHERE left_at IS NOT NULL;

-- The flags of an entry from an event on.
CREATE TABLE record_flags (
    entry    INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    flags    TEXT NOT NULL,
    PRIMARY KEY (entry, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_hold (
    mailbox INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER,
    case_id TEXT NOT NULL,
    PRIMARY KEY (mailbox, since, case_id)
) STRICT, WITHOUT ROWID;

-- Events whose payloads could not be read: their mailboxes are not purged.
CREATE TABLE record_unread (
    mailbox  INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    error    TEXT NOT NULL,
    PRIMARY KEY (mailbox, sequence)
) STRICT, WITHOUT ROWID;

-- An entry with its acts, in the order in which the program reads it.
CREATE VIEW record_entry_row AS
SELECT e.no, m.account, e.folder, e.uid_validity, e.uid, e.email, e.blob, e.prefix, e.message_id, e.size, e.internal_date, e.arrived, e.origin, e.source,
    e.first_flags, e.flags, e.since, s.at AS since_at, s.type AS since_type, s.actor AS since_actor,
    e.ending, e.until, u.at AS until_at, u.type AS until_type, u.actor AS until_actor,
    e.mailbox, e.left_at
FROM record_mailbox m
JOIN record_entry e ON e.mailbox = m.no
JOIN record_act s ON s.mailbox = e.mailbox AND s.sequence = e.since
LEFT JOIN record_act u ON u.mailbox = e.mailbox AND u.sequence = e.until;
