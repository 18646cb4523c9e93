-- The statements of the index of contents, which is a file of its own.

-- name: ReadContentProgress
SELECT position FROM content_progress WHERE subscriber = ?1 AND partition = ?2;

-- name: WriteContentProgress
INSERT INTO content_progress (subscriber, partition, position) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET position = excluded.position;

-- name: AddContent
INSERT INTO content (blob, partial, encoding, length, document) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING RETURNING number;

-- name: AddContentTokens
INSERT INTO content_tokens (rowid, tokens) VALUES (?1, ?2);

-- name: FindContentNumbers
SELECT rowid FROM content_tokens WHERE content_tokens MATCH ?3 AND rowid > ?1 AND rowid <= ?2 ORDER BY rowid;

-- name: ListContentNumbers
SELECT number FROM content WHERE number > ?1 AND number <= ?2 ORDER BY number;

-- name: ReadContent
SELECT blob, number, partial, encoding, length, document FROM content WHERE number = ?1;

-- name: FindContentNumber
SELECT number FROM content WHERE blob = ?1;

-- name: RemoveContent
DELETE FROM content WHERE blob = ?1 RETURNING number;

-- name: RemoveContentTokens
DELETE FROM content_tokens WHERE rowid = ?1;

-- name: CountContents
SELECT (SELECT count(*) FROM content), (SELECT count(*) FROM content WHERE partial = 1);
