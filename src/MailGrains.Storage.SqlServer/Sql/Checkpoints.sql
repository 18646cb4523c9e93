-- The statements of the checkpoint history, as in Statements.sql. The one that adds a row returns it. A row that is not there yet is kept free for the
-- writer until its transaction ends (HOLDLOCK).

-- name: ReadLastCheckpoint (@kind int)
SELECT TOP (1) kind, number, octets FROM mailgrains.log_checkpoint WHERE kind = @kind ORDER BY number DESC;

-- name: ReadCheckpoints (@kind int, @after bigint, @limit bigint)
SELECT TOP (@limit) kind, number, octets FROM mailgrains.log_checkpoint WHERE kind = @kind AND number > @after ORDER BY number;

-- name: AddCheckpoint (@kind int, @number bigint, @octets varbinary(max))
INSERT INTO mailgrains.log_checkpoint (kind, number, octets)
OUTPUT inserted.number
SELECT @kind, @number, @octets
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.log_checkpoint WITH (UPDLOCK, HOLDLOCK) WHERE kind = @kind AND number = @number);
