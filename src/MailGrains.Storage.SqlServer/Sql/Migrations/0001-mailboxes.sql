-- Everything is in the schema mailgrains, which the program has made. Times are µs since 1970, as they are hashed. Accounts are UUIDs as their 16 bytes,
-- because the type uniqueidentifier sorts in an order of its own. Text is compared by code points (BIN2); no key has text, since = takes "a" for "a ".

CREATE TABLE mailgrains.meta (
    name  nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    value bigint NOT NULL
);

-- One row a mailbox: its fence (epoch) and the counters of MailboxHead. "no" is the mailbox's short name in all other tables.
CREATE TABLE mailgrains.mailbox (
    no               bigint IDENTITY NOT NULL PRIMARY KEY,
    account          binary(16) NOT NULL UNIQUE,
    epoch            bigint NOT NULL,
    modseq           bigint NOT NULL DEFAULT 0,
    last_email       bigint NOT NULL DEFAULT 0,
    last_folder      int NOT NULL DEFAULT 0,
    last_uidvalidity bigint NOT NULL DEFAULT 0,
    event_sequence   bigint NOT NULL DEFAULT 0,
    event_hash       binary(32) NOT NULL DEFAULT 0x,
    messages         bigint NOT NULL DEFAULT 0,
    size             bigint NOT NULL DEFAULT 0
);

CREATE TABLE mailgrains.folder (
    mailbox            bigint NOT NULL,
    id                 int NOT NULL,
    path               nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    special_use        nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
    uidvalidity        bigint NOT NULL,
    uidnext            bigint NOT NULL,
    highest_modseq     bigint NOT NULL,
    messages           int NOT NULL,
    unseen             int NOT NULL,
    deleted            int NOT NULL,
    size               bigint NOT NULL,
    recent_from        bigint NOT NULL,
    expunges_forgotten bigint NOT NULL,
    PRIMARY KEY (mailbox, id)
);

-- Blocks of 128 UIDs.
CREATE TABLE mailgrains.page (
    mailbox bigint NOT NULL,
    folder  int NOT NULL,
    number  int NOT NULL,
    data    varbinary(max) NOT NULL,
    PRIMARY KEY (mailbox, folder, number)
);

CREATE TABLE mailgrains.email (
    mailbox bigint NOT NULL,
    id      bigint NOT NULL,
    body    bigint NOT NULL,
    prefix  varbinary(max) NOT NULL,
    summary varbinary(max) NOT NULL,
    PRIMARY KEY (mailbox, id)
);

-- References beyond the first, for the few contents that have them: a COPY touches no summary.
CREATE TABLE mailgrains.email_extra (
    mailbox bigint NOT NULL,
    id      bigint NOT NULL,
    extra   int NOT NULL,
    PRIMARY KEY (mailbox, id)
);

-- Where bodies lie: pack 0 is body_data, every other a pack file. "emails" counts the rows of email that point here; one that nothing points to
-- may be collected once "touched" is long past. It has no index of its own: finding such rows is a scan now and then.
CREATE TABLE mailgrains.body (
    no            bigint IDENTITY NOT NULL PRIMARY KEY,
    blob          binary(32) NOT NULL UNIQUE,
    pack          int NOT NULL,
    pack_offset   bigint NOT NULL,
    stored_length int NOT NULL,
    length        int NOT NULL,
    emails        int NOT NULL,
    touched       bigint NOT NULL,
    CHECK (emails >= 0)
);

-- The bytes, apart from the counter that changes. encoding: 0 as they are, 1 zstd.
CREATE TABLE mailgrains.body_data (
    no       bigint NOT NULL PRIMARY KEY,
    encoding smallint NOT NULL,
    data     varbinary(max) NOT NULL
);

-- A UID is expunged once, so folder, modseq and the first UID of the set name a row.
CREATE TABLE mailgrains.expunge (
    mailbox   bigint NOT NULL,
    folder    int NOT NULL,
    modseq    bigint NOT NULL,
    first_uid bigint NOT NULL,
    uids      varbinary(max) NOT NULL,
    PRIMARY KEY (mailbox, folder, modseq, first_uid)
);

CREATE TABLE mailgrains.keyword (
    mailbox bigint NOT NULL,
    bit     int NOT NULL,
    name    nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (mailbox, bit)
);

-- hash: SHA-256 of the path, which may be longer than a key.
CREATE TABLE mailgrains.subscription (
    mailbox bigint NOT NULL,
    hash    binary(32) NOT NULL,
    path    nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (mailbox, hash)
);

-- No index on "at": one would cost every delivery a page, while forgetting old operations is a scan a day.
CREATE TABLE mailgrains.operation (
    mailbox bigint NOT NULL,
    id      binary(32) NOT NULL,
    at      bigint NOT NULL,
    result  varbinary(max) NOT NULL,
    PRIMARY KEY (mailbox, id)
);

CREATE TABLE mailgrains.event (
    partition int NOT NULL,
    position  bigint NOT NULL,
    mailbox   bigint NOT NULL,
    sequence  bigint NOT NULL,
    at        bigint NOT NULL,
    type      nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    previous  binary(32) NOT NULL,
    hash      binary(32) NOT NULL,
    payload   varbinary(max) NOT NULL,
    PRIMARY KEY (partition, position),
    UNIQUE (mailbox, sequence)
);

-- The last position given out in each partition; never falls, even if old events are archived away.
CREATE TABLE mailgrains.event_partition (
    partition int NOT NULL PRIMARY KEY,
    last      bigint NOT NULL
);

-- One row for each process that writes: the number of its last group, set in the group's own transaction, so that a process whose connection
-- died within a COMMIT learns how that ended. "fenced" names the shares of that group which were left out, as "1,4"; NULL: none. A connection
-- of an older generation can't commit any more.
CREATE TABLE mailgrains.writer (
    id         uniqueidentifier NOT NULL PRIMARY KEY,
    generation bigint NOT NULL,
    group_no   bigint NOT NULL,
    fenced     nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    session_id smallint NULL,
    login_time datetime NULL,
    seen       bigint NOT NULL
);

-- Rows on their way in: table-valued parameters. A type can't be changed; a new shape is a new type. "epoch" is the one that a row is written under.

CREATE TYPE mailgrains.account_list AS TABLE (account binary(16) NOT NULL);

CREATE TYPE mailgrains.id_list AS TABLE (id bigint NOT NULL);

CREATE TYPE mailgrains.blob_list AS TABLE (blob binary(32) NOT NULL);

-- share: the row's number in its group, from 1.
CREATE TYPE mailgrains.head_rows AS TABLE (
    mailbox          bigint NOT NULL,
    epoch            bigint NOT NULL,
    share            bigint NOT NULL,
    modseq           bigint NOT NULL,
    last_email       bigint NOT NULL,
    last_folder      int NOT NULL,
    last_uidvalidity bigint NOT NULL,
    event_sequence   bigint NOT NULL,
    event_hash       binary(32) NOT NULL,
    messages         bigint NOT NULL,
    size             bigint NOT NULL,
    PRIMARY KEY (mailbox, epoch)
);

CREATE TYPE mailgrains.deleted_folder_rows AS TABLE (mailbox bigint NOT NULL, epoch bigint NOT NULL, folder int NOT NULL);

CREATE TYPE mailgrains.folder_rows AS TABLE (
    mailbox            bigint NOT NULL,
    epoch              bigint NOT NULL,
    id                 int NOT NULL,
    path               nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    special_use        nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    uidvalidity        bigint NOT NULL,
    uidnext            bigint NOT NULL,
    highest_modseq     bigint NOT NULL,
    messages           int NOT NULL,
    unseen             int NOT NULL,
    deleted            int NOT NULL,
    size               bigint NOT NULL,
    recent_from        bigint NOT NULL,
    expunges_forgotten bigint NOT NULL
);

-- Without data: the page is to be deleted.
CREATE TYPE mailgrains.page_rows AS TABLE (
    mailbox bigint NOT NULL, epoch bigint NOT NULL, folder int NOT NULL, number int NOT NULL, data varbinary(max) NULL
);

-- place: the row's place in its group.
CREATE TYPE mailgrains.email_rows AS TABLE (
    mailbox       bigint NOT NULL,
    epoch         bigint NOT NULL,
    place         int NOT NULL,
    id            bigint NOT NULL,
    blob          binary(32) NOT NULL,
    pack          int NOT NULL,
    pack_offset   bigint NOT NULL,
    stored_length int NOT NULL,
    length        int NOT NULL,
    prefix        varbinary(max) NOT NULL,
    summary       varbinary(max) NOT NULL
);

CREATE TYPE mailgrains.reference_rows AS TABLE (mailbox bigint NOT NULL, epoch bigint NOT NULL, id bigint NOT NULL, delta int NOT NULL);

CREATE TYPE mailgrains.expunge_rows AS TABLE (
    mailbox bigint NOT NULL, epoch bigint NOT NULL, folder int NOT NULL, modseq bigint NOT NULL, first_uid bigint NOT NULL, uids varbinary(max) NOT NULL
);

CREATE TYPE mailgrains.keyword_rows AS TABLE (
    mailbox bigint NOT NULL, epoch bigint NOT NULL, bit int NOT NULL, name nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TYPE mailgrains.subscription_rows AS TABLE (
    mailbox bigint NOT NULL, epoch bigint NOT NULL, path nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL, subscribed bit NOT NULL
);

CREATE TYPE mailgrains.operation_rows AS TABLE (
    mailbox bigint NOT NULL, epoch bigint NOT NULL, place int NOT NULL, id binary(32) NOT NULL, at bigint NOT NULL, result varbinary(max) NOT NULL
);

CREATE TYPE mailgrains.event_rows AS TABLE (
    mailbox   bigint NOT NULL,
    epoch     bigint NOT NULL,
    place     int NOT NULL,
    partition int NOT NULL,
    sequence  bigint NOT NULL,
    at        bigint NOT NULL,
    type      nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    previous  binary(32) NOT NULL,
    hash      binary(32) NOT NULL,
    payload   varbinary(max) NOT NULL
);

CREATE TYPE mailgrains.body_rows AS TABLE (
    blob        binary(32) NOT NULL PRIMARY KEY,
    pack_offset bigint NOT NULL,
    stored_length int NOT NULL,
    length      int NOT NULL,
    encoding    smallint NOT NULL,
    data        varbinary(max) NOT NULL
);
