-- Groupware objects among the messages: of one object there is a row for each of its contents. kind is a GroupwareKind. It may be filled before the record
-- of its mailbox is, so it doesn't name a mailbox by its short name.
CREATE TABLE record_object (
    account BLOB NOT NULL,
    email   INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    uid     TEXT NOT NULL,
    blob    BLOB NOT NULL,
    PRIMARY KEY (account, email)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_object_uid ON record_object (account, uid, email);
