-- The statements of subscribers, as in Statements.sql. Those that change rows return one for each.

-- name: ListSubscribers
SELECT name, partition, position, state FROM subscriber ORDER BY name, partition;

-- name: FindSubscriber
SELECT name, partition, position, state FROM subscriber WHERE name = $1 AND partition = $2;

-- name: StartSubscriber
INSERT INTO subscriber (name, partition, position, state) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING;

-- name: AdvanceSubscriber
WITH moved AS (
    UPDATE subscriber SET position = $4 WHERE name = $1 AND partition = $2 AND position = $3
    RETURNING name, partition, position
), dead AS (
    INSERT INTO dead_letter (name, partition, position, error, attempts, at)
    SELECT name, partition, position, $6, $7, $8 FROM moved WHERE $5
    ON CONFLICT (name, partition, position) DO UPDATE SET error = excluded.error, attempts = excluded.attempts, at = excluded.at
)
SELECT position FROM moved;

-- name: SetSubscriberState
UPDATE subscriber SET state = $2 WHERE name = $1 RETURNING partition;

-- name: MoveSubscriber
UPDATE subscriber SET position = $3 WHERE name = $1 AND partition = $2 RETURNING partition;

-- name: ForgetDeadLetters
DELETE FROM dead_letter WHERE name = $1;

-- name: ForgetSubscriber
DELETE FROM subscriber WHERE name = $1 RETURNING partition;

-- name: ReadDeadLetters
SELECT name, partition, position, error, attempts, at FROM dead_letter
WHERE name = $1 AND partition = $2 AND position > $3
ORDER BY position
LIMIT $4;

-- name: RemoveDeadLetter
DELETE FROM dead_letter WHERE name = $1 AND partition = $2 AND position = $3 RETURNING position;
