-- What was signed about the log, as it was signed; rows are added and never changed. kind: 0 head, 1 time stamp of the head with the same number.
CREATE TABLE log_checkpoint (
    kind   integer NOT NULL,
    number bigint NOT NULL,
    octets bytea NOT NULL,
    PRIMARY KEY (kind, number)
);
