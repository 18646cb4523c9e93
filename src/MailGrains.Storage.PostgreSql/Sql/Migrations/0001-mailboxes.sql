-- Runs in the product's own schema, which the program has made. Times are µs since 1970, as they are hashed. Rows that change all the time
-- leave room in their page for the next version, and no index covers a column that changes: so updates stay in the page (HOT).

CREATE TABLE meta (
    name  text COLLATE "C" PRIMARY KEY,
    value bigint NOT NULL
);

-- One row a mailbox: its fence (epoch) and the counters of MailboxHead. "no" is the mailbox's short name in all other tables.
CREATE TABLE mailbox (
    no               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account          uuid NOT NULL UNIQUE,
    epoch            bigint NOT NULL,
    modseq           bigint NOT NULL DEFAULT 0,
    last_email       bigint NOT NULL DEFAULT 0,
    last_folder      integer NOT NULL DEFAULT 0,
    last_uidvalidity bigint NOT NULL DEFAULT 0,
    event_sequence   bigint NOT NULL DEFAULT 0,
    event_hash       bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    messages         bigint NOT NULL DEFAULT 0,
    size             bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE folder (
    mailbox            bigint NOT NULL,
    id                 integer NOT NULL,
    path               text COLLATE "C" NOT NULL,
    special_use        text COLLATE "C",
    uidvalidity        bigint NOT NULL,
    uidnext            bigint NOT NULL,
    highest_modseq     bigint NOT NULL,
    messages           integer NOT NULL,
    unseen             integer NOT NULL,
    deleted            integer NOT NULL,
    size               bigint NOT NULL,
    recent_from        bigint NOT NULL,
    expunges_forgotten bigint NOT NULL,
    PRIMARY KEY (mailbox, id)
) WITH (fillfactor = 50);

-- Blocks of 128 UIDs. They hardly shrink, so nothing tries to compress them, and all of them fit into the row.
CREATE TABLE page (
    mailbox bigint NOT NULL,
    folder  integer NOT NULL,
    number  integer NOT NULL,
    data    bytea NOT NULL,
    PRIMARY KEY (mailbox, folder, number)
) WITH (fillfactor = 70, toast_tuple_target = 8160);

ALTER TABLE page ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE email (
    mailbox bigint NOT NULL,
    id      bigint NOT NULL,
    body    bigint NOT NULL,
    prefix  bytea NOT NULL,
    summary bytea NOT NULL,
    PRIMARY KEY (mailbox, id)
) WITH (toast_tuple_target = 8160);

ALTER TABLE email ALTER COLUMN prefix SET STORAGE EXTERNAL, ALTER COLUMN summary SET STORAGE EXTERNAL;

-- References beyond the first, for the few contents that have them: a COPY touches no summary.
CREATE TABLE email_extra (
    mailbox    bigint NOT NULL,
    id         bigint NOT NULL,
    extra      integer NOT NULL,
    PRIMARY KEY (mailbox, id)
);

-- Where bodies lie: pack 0 is body_data, every other a pack file. "emails" counts the rows of email that point here; one that nothing points to
-- may be collected once "touched" is long past. It has no index of its own: finding such rows is a scan now and then.
CREATE TABLE body (
    no            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    blob          bytea NOT NULL UNIQUE,
    pack          integer NOT NULL,
    pack_offset   bigint NOT NULL,
    stored_length integer NOT NULL,
    length        integer NOT NULL,
    emails        integer NOT NULL,
    touched       bigint NOT NULL,
    CHECK (emails >= 0)
) WITH (fillfactor = 50);

-- The bytes, apart from the counter that changes. encoding: 0 as they are, 1 zstd.
CREATE TABLE body_data (
    no       bigint PRIMARY KEY,
    encoding smallint NOT NULL,
    data     bytea NOT NULL
);

ALTER TABLE body_data ALTER COLUMN data SET STORAGE EXTERNAL;

-- A UID is expunged once, so folder, modseq and the first UID of the set name a row.
CREATE TABLE expunge (
    mailbox   bigint NOT NULL,
    folder    integer NOT NULL,
    modseq    bigint NOT NULL,
    first_uid bigint NOT NULL,
    uids      bytea NOT NULL,
    PRIMARY KEY (mailbox, folder, modseq, first_uid)
);

CREATE TABLE keyword (
    mailbox bigint NOT NULL,
    bit     integer NOT NULL,
    name    text COLLATE "C" NOT NULL,
    PRIMARY KEY (mailbox, bit)
);

CREATE TABLE subscription (
    mailbox bigint NOT NULL,
    path    text COLLATE "C" NOT NULL,
    PRIMARY KEY (mailbox, path)
);

-- No index on "at": one would cost every delivery a page, while forgetting old operations is a scan a day.
CREATE TABLE operation (
    mailbox bigint NOT NULL,
    id      bytea NOT NULL,
    at      bigint NOT NULL,
    result  bytea NOT NULL,
    PRIMARY KEY (mailbox, id)
);

CREATE TABLE event (
    partition integer NOT NULL,
    position  bigint NOT NULL,
    mailbox   bigint NOT NULL,
    sequence  bigint NOT NULL,
    at        bigint NOT NULL,
    type      text COLLATE "C" NOT NULL,
    previous  bytea NOT NULL,
    hash      bytea NOT NULL,
    payload   bytea NOT NULL,
    PRIMARY KEY (partition, position),
    UNIQUE (mailbox, sequence)
);

-- The last position given out in each partition; never falls, even if old events are archived away.
CREATE TABLE event_partition (
    partition integer PRIMARY KEY,
    last      bigint NOT NULL
) WITH (fillfactor = 10);

-- One row for each process that writes: the number of its last group, set in the group's own transaction, so that a process whose connection
-- died within a COMMIT learns how that ended. "fenced" numbers the shares of that group which were left out. A connection
-- of an older generation can't commit any more.
CREATE TABLE writer (
    id            uuid PRIMARY KEY,
    generation    bigint NOT NULL,
    group_no      bigint NOT NULL,
    fenced        bigint[] NOT NULL,
    pid           integer,
    backend_start timestamptz,
    seen          bigint NOT NULL
) WITH (fillfactor = 10);

-- µs since 1970 by the server's clock.
CREATE FUNCTION now_us() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint $$;
