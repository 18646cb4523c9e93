-- A body that is noted again has another note: who has dealt with the one before doesn't strike out this one.
ALTER TABLE record_noted ADD COLUMN note INTEGER NOT NULL DEFAULT 0;
