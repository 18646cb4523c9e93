-- What was signed about the log, as it was signed; rows are added and never changed. kind: 0 head, 1 time stamp of the head with the same number.
CREATE TABLE mailgrains.log_checkpoint (
    kind   int NOT NULL,
    number bigint NOT NULL,
    octets varbinary(max) NOT NULL,
    PRIMARY KEY (kind, number)
);
