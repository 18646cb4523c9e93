-- What retention found the message to be: definitions × 2^32 + classes (StoredClasses). NULL: nobody has looked yet.
ALTER TABLE record_entry ADD COLUMN classes bigint;
