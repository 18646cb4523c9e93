-- What retention took out of a mailbox's record, until the mailbox's log says so. left_before in µs. No number is given out twice.
CREATE TABLE record_purge (
    no          INTEGER PRIMARY KEY AUTOINCREMENT,
    account     BLOB NOT NULL,
    messages    INTEGER NOT NULL,
    left_before INTEGER NOT NULL
) STRICT;
