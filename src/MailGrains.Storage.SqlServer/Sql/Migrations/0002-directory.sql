-- Who has a mailbox. An account that was deleted keeps its row, without addresses: its version goes on counting, and acts may be owed. Ids are UUIDs as
-- their 16 bytes. Here keys have text: neither addresses nor names end with a space, which = takes no notice of.
CREATE TABLE mailgrains.account (
    id       binary(16) NOT NULL PRIMARY KEY,
    version  bigint NOT NULL,
    disabled bit NOT NULL,
    argon2id nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    scram    nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    created  bigint NOT NULL   -- ms since 1970
);

-- Acts that the log of the account's mailbox may not have yet.
CREATE TABLE mailgrains.account_act (
    account binary(16) NOT NULL,
    version bigint NOT NULL,
    type    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    address nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    actor   nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    client  nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    PRIMARY KEY (account, version)
);

CREATE TABLE mailgrains.mail_group (
    id      binary(16) NOT NULL PRIMARY KEY,
    name    nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    created bigint NOT NULL
);

-- Canonical addresses. "place" orders those of an account from 0, its login, on.
CREATE TABLE mailgrains.address (
    [key]      nvarchar(254) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account    binary(16) NULL,
    mail_group binary(16) NULL,
    place      int NOT NULL,
    domain     AS SUBSTRING([key], CHARINDEX(N'@', [key]) + 1, 254) PERSISTED NOT NULL,
    CHECK ((account IS NULL AND mail_group IS NOT NULL) OR (account IS NOT NULL AND mail_group IS NULL))
);

CREATE INDEX address_account ON mailgrains.address (account, place) WHERE account IS NOT NULL;

CREATE UNIQUE INDEX address_group ON mailgrains.address (mail_group) WHERE mail_group IS NOT NULL;

CREATE INDEX address_domain ON mailgrains.address (domain);

CREATE TABLE mailgrains.group_member (
    mail_group binary(16) NOT NULL,
    member     binary(16) NOT NULL,
    is_group   bit NOT NULL,
    PRIMARY KEY (mail_group, member)
);

CREATE INDEX group_member_member ON mailgrains.group_member (member);

CREATE TABLE mailgrains.role_holder (
    role     nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
    holder   binary(16) NOT NULL,
    is_group bit NOT NULL,
    PRIMARY KEY (role, holder)
);

CREATE INDEX role_holder_holder ON mailgrains.role_holder (holder);

CREATE TABLE mailgrains.domain (
    name     nvarchar(254) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    disabled bit NOT NULL
);

-- Rows on their way in, as for mailboxes.

-- place: the key's place in the list, from 1.
CREATE TYPE mailgrains.key_list AS TABLE (place bigint NOT NULL PRIMARY KEY, [key] nvarchar(254) COLLATE Latin1_General_100_BIN2 NOT NULL);

CREATE TYPE mailgrains.account_rows AS TABLE (
    id       binary(16) NOT NULL,
    version  bigint NOT NULL,
    disabled bit NOT NULL,
    argon2id nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    scram    nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    created  bigint NOT NULL
);

-- In the order of the keys, so that two writers don't wait for each other in a circle.
CREATE TYPE mailgrains.address_rows AS TABLE (
    [key]   nvarchar(254) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    account binary(16) NOT NULL,
    place   int NOT NULL
);

CREATE TYPE mailgrains.act_rows AS TABLE (
    account binary(16) NOT NULL,
    version bigint NOT NULL,
    type    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    address nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    actor   nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    client  nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL
);

CREATE TYPE mailgrains.settled_rows AS TABLE (account binary(16) NOT NULL, version bigint NOT NULL);
