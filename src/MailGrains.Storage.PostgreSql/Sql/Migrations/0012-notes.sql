-- A body that is noted again has another note: who has dealt with the one before doesn't strike out this one.
CREATE SEQUENCE record_note;

ALTER TABLE record_noted ADD COLUMN note bigint NOT NULL DEFAULT nextval('record_note');
