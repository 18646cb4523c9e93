-- Groupware objects among the messages: of one object there is a row for each of its contents. kind is a GroupwareKind. It may be filled before the record
-- of its mailbox is, so it doesn't name a mailbox by its short name.
CREATE TABLE record_object (
    account uuid NOT NULL,
    email   bigint NOT NULL,
    kind    bigint NOT NULL,
    uid     text COLLATE "C" NOT NULL,
    blob    bytea NOT NULL,
    PRIMARY KEY (account, email)
);

CREATE INDEX record_object_uid ON record_object (account, uid, email);
