-- The statements of the checkpoint history, as in Statements.sql. The one that adds a row returns it.

-- name: ReadLastCheckpoint
SELECT kind, number, octets FROM log_checkpoint WHERE kind = $1 ORDER BY number DESC LIMIT 1;

-- name: ReadCheckpoints
SELECT kind, number, octets FROM log_checkpoint WHERE kind = $1 AND number > $2 ORDER BY number LIMIT $3;

-- name: AddCheckpoint
INSERT INTO log_checkpoint (kind, number, octets) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING number;
