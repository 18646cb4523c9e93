-- Who has a mailbox. An account that was deleted keeps its row, without addresses: its version goes on counting, and acts may be owed.
CREATE TABLE account (
    id       BLOB PRIMARY KEY,
    version  INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    argon2id TEXT,
    scram    TEXT,
    created  INTEGER NOT NULL   -- ms since 1970
) STRICT, WITHOUT ROWID;

-- Acts that the log of the account's mailbox may not have yet.
CREATE TABLE account_act (
    account BLOB NOT NULL,
    version INTEGER NOT NULL,
    type    TEXT NOT NULL,
    address TEXT,
    actor   TEXT,
    client  TEXT,
    PRIMARY KEY (account, version)
) STRICT, WITHOUT ROWID;

-- "mail_group" because GROUP is a word of SQL.
CREATE TABLE mail_group (
    id      BLOB PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Canonical addresses. "place" orders those of an account from 0, its login, on.
CREATE TABLE address (
    key        TEXT PRIMARY KEY,
    account    BLOB,
    mail_group BLOB,
    place      INTEGER NOT NULL,
    CHECK ((account IS NULL) <> (mail_group IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX address_account ON address (account, place) WHERE account IS NOT NULL;
CREATE UNIQUE INDEX address_group ON address (mail_group) WHERE mail_group IS NOT NULL;

CREATE TABLE group_member (
    mail_group BLOB NOT NULL,
    member     BLOB NOT NULL,
    is_group   INTEGER NOT NULL,
    PRIMARY KEY (mail_group, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_member_member ON group_member (member);

CREATE TABLE role_holder (
    role     TEXT NOT NULL,
    holder   BLOB NOT NULL,
    is_group INTEGER NOT NULL,
    PRIMARY KEY (role, holder)
) STRICT, WITHOUT ROWID;

CREATE INDEX role_holder_holder ON role_holder (holder);

CREATE TABLE domain (
    name     TEXT PRIMARY KEY,
    disabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
