-- The chain hash of the event at the position hash_at, by which the log is known again. Without it, or with another hash_at than position: not known.
ALTER TABLE record_progress ADD COLUMN hash BLOB;
ALTER TABLE record_progress ADD COLUMN hash_at INTEGER;
