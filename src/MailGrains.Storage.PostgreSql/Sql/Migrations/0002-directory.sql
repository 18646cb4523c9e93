-- Who has a mailbox. An account that was deleted keeps its row, without addresses: its version goes on counting, and acts may be owed.
CREATE TABLE account (
    id       uuid PRIMARY KEY,
    version  bigint NOT NULL,
    disabled boolean NOT NULL,
    argon2id text,
    scram    text,
    created  bigint NOT NULL   -- ms since 1970
);

-- Acts that the log of the account's mailbox may not have yet.
CREATE TABLE account_act (
    account uuid NOT NULL,
    version bigint NOT NULL,
    type    text NOT NULL,
    address text,
    actor   text,
    client  text,
    PRIMARY KEY (account, version)
);

-- "mail_group" because GROUP is a word of SQL.
CREATE TABLE mail_group (
    id      uuid PRIMARY KEY,
    name    text COLLATE "C" NOT NULL UNIQUE,
    created bigint NOT NULL
);

-- Canonical addresses. "place" orders those of an account from 0, its login, on.
CREATE TABLE address (
    key        text COLLATE "C" PRIMARY KEY,
    account    uuid,
    mail_group uuid UNIQUE,
    place      integer NOT NULL,
    CHECK ((account IS NULL) <> (mail_group IS NULL))
);

CREATE INDEX address_account ON address (account, place) WHERE account IS NOT NULL;

CREATE TABLE group_member (
    mail_group uuid NOT NULL,
    member     uuid NOT NULL,
    is_group   boolean NOT NULL,
    PRIMARY KEY (mail_group, member)
);

CREATE INDEX group_member_member ON group_member (member);

CREATE TABLE role_holder (
    role     text COLLATE "C" NOT NULL,
    holder   uuid NOT NULL,
    is_group boolean NOT NULL,
    PRIMARY KEY (role, holder)
);

CREATE INDEX role_holder_holder ON role_holder (holder);

CREATE TABLE domain (
    name     text COLLATE "C" PRIMARY KEY,
    disabled boolean NOT NULL
);
