-- The statements of subscribers, as in Statements.sql.

-- name: ListSubscribers
SELECT name, partition, position, state FROM subscriber ORDER BY name, partition;

-- name: FindSubscriber
SELECT name, partition, position, state FROM subscriber WHERE name = ?1 AND partition = ?2;

-- name: StartSubscriber
INSERT INTO subscriber (name, partition, position, state) VALUES (?1, ?2, ?3, 0) ON CONFLICT DO NOTHING;

-- name: AdvanceSubscriber
UPDATE subscriber SET position = ?4 WHERE name = ?1 AND partition = ?2 AND position = ?3 RETURNING 1;

-- name: SetSubscriberState
UPDATE subscriber SET state = ?2 WHERE name = ?1 RETURNING 1;

-- name: MoveSubscriber
UPDATE subscriber SET position = ?3 WHERE name = ?1 AND partition = ?2 RETURNING 1;

-- name: ForgetDeadLetters
DELETE FROM dead_letter WHERE name = ?1;

-- name: ForgetSubscriber
DELETE FROM subscriber WHERE name = ?1 RETURNING 1;

-- name: WriteDeadLetter
INSERT INTO dead_letter (name, partition, position, error, attempts, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET error = excluded.error, attempts = excluded.attempts, at = excluded.at;

-- name: ReadDeadLetters
SELECT name, partition, position, error, attempts, at FROM dead_letter
WHERE name = ?1 AND partition = ?2 AND position > ?3
ORDER BY position
LIMIT ?4;

-- name: RemoveDeadLetter
DELETE FROM dead_letter WHERE name = ?1 AND partition = ?2 AND position = ?3 RETURNING 1;
