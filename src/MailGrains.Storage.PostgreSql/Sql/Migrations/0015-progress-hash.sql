-- The chain hash of the event at the position hash_at, by which the log is known again. Without it, or with another hash_at than position: not known. So a
-- server of an older version, which moves the position alone, may run beside.
ALTER TABLE record_progress ADD COLUMN hash bytea, ADD COLUMN hash_at bigint;
