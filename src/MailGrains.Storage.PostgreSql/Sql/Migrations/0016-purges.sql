-- What retention took out of a mailbox's record, until the mailbox's log says so. left_before in µs. No number is given out twice.
CREATE TABLE record_purge (
    no          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account     uuid NOT NULL,
    messages    bigint NOT NULL,
    left_before bigint NOT NULL
);
