-- The statements of the log's retention, as in Statements.sql. Rows that are not there yet are kept free for the writer until its transaction ends (HOLDLOCK).

-- name: ReadLogStarts
SELECT partition, removed, latest, edge FROM mailgrains.log_start WHERE removed > 0 ORDER BY partition;

-- name: AddLogStart (@partition int)
INSERT INTO mailgrains.log_start (partition, removed, latest, edge)
SELECT @partition, 0, 0, 0x
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.log_start WITH (UPDLOCK, HOLDLOCK) WHERE partition = @partition);

-- name: CutLog (@partition int, @from bigint, @to bigint, @latest bigint, @edge varbinary(max))
-- Subscribers stand still meanwhile: none is moved back into what goes.
SET NOCOUNT, XACT_ABORT ON;
DECLARE @moved TABLE (removed bigint NOT NULL);
BEGIN TRANSACTION;
UPDATE mailgrains.log_start SET removed = @to, latest = @latest, edge = @edge
OUTPUT inserted.removed INTO @moved (removed)
WHERE partition = @partition AND removed = @from
    AND NOT EXISTS (SELECT 1 FROM mailgrains.subscriber WITH (UPDLOCK, HOLDLOCK) WHERE partition = @partition AND position < @to)
    AND EXISTS (SELECT 1 FROM mailgrains.event_partition WHERE partition = @partition AND last > @to);
DELETE FROM mailgrains.event
WHERE partition = @partition AND position > @from AND position <= @to AND EXISTS (SELECT 1 FROM @moved);
COMMIT TRANSACTION;
SELECT removed FROM @moved;

-- name: ReadLogClock
SELECT wall, waiting FROM mailgrains.log_clock WHERE no = 1;

-- name: WriteLogClock (@wall bigint, @waiting bigint)
SET NOCOUNT, XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE mailgrains.log_clock WITH (UPDLOCK, HOLDLOCK) SET wall = @wall, waiting = @waiting WHERE no = 1;
INSERT INTO mailgrains.log_clock (no, wall, waiting)
SELECT 1, @wall, @waiting WHERE NOT EXISTS (SELECT 1 FROM mailgrains.log_clock WHERE no = 1);
COMMIT TRANSACTION;
