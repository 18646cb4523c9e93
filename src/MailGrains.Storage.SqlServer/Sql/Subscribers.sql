-- The statements of subscribers, as in Statements.sql. Those that change rows return one for each. Rows that are not there yet are kept free for the
-- writer until its transaction ends (HOLDLOCK).

-- name: ListSubscribers
SELECT name, partition, position, state FROM mailgrains.subscriber ORDER BY name, partition;

-- name: FindSubscriber (@name nvarchar(4000), @partition int)
SELECT name, partition, position, state FROM mailgrains.subscriber WHERE name = @name AND partition = @partition;

-- name: StartSubscriber (@name nvarchar(4000), @partition int, @position bigint)
INSERT INTO mailgrains.subscriber (name, partition, position, state)
SELECT @name, @partition, @position, 0
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.subscriber WITH (UPDLOCK, HOLDLOCK) WHERE name = @name AND partition = @partition);

-- name: AdvanceSubscriber (@name nvarchar(4000), @partition int, @from bigint, @to bigint, @dead bit, @error nvarchar(max), @attempts int, @at bigint)
SET NOCOUNT, XACT_ABORT ON;
DECLARE @moved TABLE (position bigint NOT NULL);
BEGIN TRANSACTION;
UPDATE mailgrains.subscriber SET position = @to
OUTPUT inserted.position INTO @moved (position)
WHERE name = @name AND partition = @partition AND position = @from;
DELETE d
FROM @moved m JOIN mailgrains.dead_letter d ON d.position = m.position
WHERE @dead = 1 AND d.name = @name AND d.partition = @partition;
INSERT INTO mailgrains.dead_letter (name, partition, position, error, attempts, at)
SELECT @name, @partition, m.position, @error, @attempts, @at FROM @moved m WHERE @dead = 1;
COMMIT TRANSACTION;
SELECT position FROM @moved;

-- name: SetSubscriberState (@name nvarchar(4000), @state int)
UPDATE mailgrains.subscriber SET state = @state OUTPUT inserted.partition WHERE name = @name;

-- name: MoveSubscriber (@name nvarchar(4000), @partition int, @position bigint)
UPDATE mailgrains.subscriber SET position = @position OUTPUT inserted.partition WHERE name = @name AND partition = @partition;

-- name: ForgetDeadLetters (@name nvarchar(4000))
DELETE FROM mailgrains.dead_letter WHERE name = @name;

-- name: ForgetSubscriber (@name nvarchar(4000))
DELETE FROM mailgrains.subscriber OUTPUT deleted.partition WHERE name = @name;

-- name: ReadDeadLetters (@name nvarchar(4000), @partition int, @after bigint, @limit bigint)
SELECT TOP (@limit) name, partition, position, error, attempts, at
FROM mailgrains.dead_letter
WHERE name = @name AND partition = @partition AND position > @after
ORDER BY position;

-- name: RemoveDeadLetter (@name nvarchar(4000), @partition int, @position bigint)
DELETE FROM mailgrains.dead_letter OUTPUT deleted.position WHERE name = @name AND partition = @partition AND position = @position;
