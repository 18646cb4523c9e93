-- The archive's memory, derived from the event log: these tables can be emptied and made anew from it. Times are in µs since 1970 unless something else
-- is said.

-- The last position of the log whose effect is here.
CREATE TABLE record_progress (
    subscriber text COLLATE "C" NOT NULL,
    partition  bigint NOT NULL,
    position   bigint NOT NULL,
    PRIMARY KEY (subscriber, partition)
);

-- What retention knew of the clock: one row at the most. "waiting" in µs of running.
CREATE TABLE record_clock (
    no      bigint PRIMARY KEY,
    wall    bigint NOT NULL,
    waiting bigint NOT NULL
);

-- "at" is the effective time of the last event, and never goes back. "no" is the mailbox's short name in all other tables.
CREATE TABLE record_mailbox (
    no      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account uuid NOT NULL UNIQUE,
    at      bigint NOT NULL
);

-- The events that changed something, by the mailbox's own sequence; other tables name an event by that.
CREATE TABLE record_act (
    mailbox  bigint NOT NULL,
    sequence bigint NOT NULL,
    at       bigint NOT NULL,
    type     text NOT NULL,
    actor    text,
    PRIMARY KEY (mailbox, sequence)
);

CREATE INDEX record_act_at ON record_act (mailbox, at, sequence);

-- A folder under one name, from an event until another.
CREATE TABLE record_folder (
    mailbox      bigint NOT NULL,
    folder       bigint NOT NULL,
    since        bigint NOT NULL,
    until        bigint,
    uid_validity bigint NOT NULL,
    path         text NOT NULL,
    special_use  text,
    state_id     text,
    PRIMARY KEY (mailbox, folder, since)
);

-- One message in one folder. "arrived" is when it came into the mailbox, "left_at" when it left the folder; internal_date in seconds; flags separated by
-- blanks. origin: 0 new, 1 append, 2 copy, 3 move; ending: 0 expunge, 1 move, 2 folder deleted.
CREATE TABLE record_entry (
    no            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mailbox       bigint NOT NULL,
    folder        bigint NOT NULL,
    uid           bigint NOT NULL,
    uid_validity  bigint NOT NULL,
    email         bigint NOT NULL,
    blob          bytea NOT NULL,
    prefix        bytea,
    message_id    text,
    size          bigint NOT NULL,
    internal_date bigint NOT NULL,
    arrived       bigint NOT NULL,
    origin        bigint NOT NULL,
    source        bigint,
    since         bigint NOT NULL,
    first_flags   text NOT NULL,
    flags         text NOT NULL,
    until         bigint,
    left_at       bigint,
    ending        bigint
);

CREATE UNIQUE INDEX record_entry_place ON record_entry (mailbox, folder, uid);
CREATE INDEX record_entry_mailbox ON record_entry (mailbox, no);
CREATE INDEX record_entry_email ON record_entry (mailbox, email);
-- By hash, as they may be longer than an ordered index takes.
CREATE INDEX record_entry_message_id ON record_entry USING hash (message_id);
CREATE INDEX record_entry_blob ON record_entry (blob, mailbox);
CREATE INDEX record_entry_left ON record_entry (left_at, no) WHERE left_at IS NOT NULL;

-- The flags of an entry from an event on.
CREATE TABLE record_flags (
    entry    bigint NOT NULL,
    sequence bigint NOT NULL,
    flags    text NOT NULL,
    PRIMARY KEY (entry, sequence)
);

CREATE TABLE record_hold (
    mailbox bigint NOT NULL,
    since   bigint NOT NULL,
    until   bigint,
    case_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (mailbox, since, case_id)
);

-- Events whose payloads could not be read: their mailboxes are not purged.
CREATE TABLE record_unread (
    mailbox  bigint NOT NULL,
    sequence bigint NOT NULL,
    error    text NOT NULL,
    PRIMARY KEY (mailbox, sequence)
);

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
