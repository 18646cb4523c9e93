-- Each statement is known to the program by the name above it; parameters are bound by their numbers.

-- name: Begin
BEGIN IMMEDIATE;

-- name: Commit
COMMIT;

-- name: Rollback
ROLLBACK;

-- name: Savepoint
SAVEPOINT steps;

-- name: RollbackToSavepoint
ROLLBACK TO steps;

-- name: Release
RELEASE steps;

-- name: ReadMeta
SELECT value FROM meta WHERE name = ?1;

-- name: WriteMeta
INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value;

-- name: AddPartition
INSERT INTO event_partition (partition, last) VALUES (?1, 0);

-- name: ReadPartitionLast
SELECT last FROM event_partition WHERE partition = ?1;

-- name: ReadPartitionsLast
SELECT partition, last FROM event_partition;

-- name: WritePartitionLast
UPDATE event_partition SET last = ?2 WHERE partition = ?1;

-- name: ClaimMailbox
INSERT INTO mailbox (account, epoch) VALUES (?1, 1)
ON CONFLICT (account) DO UPDATE SET epoch = epoch + 1
RETURNING no, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size;

-- name: ReadMailbox
SELECT no, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size
FROM mailbox WHERE account = ?1;

-- name: FindMailbox
SELECT no FROM mailbox WHERE account = ?1;

-- name: WriteHead
UPDATE mailbox
SET modseq = ?3, last_email = ?4, last_folder = ?5, last_uidvalidity = ?6, event_sequence = ?7, event_hash = ?8, messages = ?9, size = ?10
WHERE no = ?1 AND epoch = ?2;

-- name: ListMailboxes
SELECT account FROM mailbox WHERE account > ?1 ORDER BY account LIMIT ?2;

-- name: ReadFolders
SELECT id, path, special_use, uidvalidity, uidnext, highest_modseq, messages, unseen, deleted, size, recent_from, expunges_forgotten
FROM folder WHERE mailbox = ?1 ORDER BY id;

-- name: FindFolder
SELECT no FROM folder WHERE mailbox = ?1 AND id = ?2;

-- name: AddFolder
INSERT INTO folder (mailbox, id, path, special_use, uidvalidity, uidnext, highest_modseq, messages, unseen, deleted, size, recent_from,
                    expunges_forgotten)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
RETURNING no;

-- name: WriteFolder
UPDATE folder
SET path = ?3, special_use = ?4, uidvalidity = ?5, uidnext = ?6, highest_modseq = ?7, messages = ?8, unseen = ?9, deleted = ?10, size = ?11,
    recent_from = ?12, expunges_forgotten = ?13
WHERE no = ?1;

-- name: DeleteFolder
DELETE FROM folder WHERE no = ?1;

-- name: DeletePages
DELETE FROM page WHERE key BETWEEN ?1 AND ?2;

-- name: WritePage
INSERT INTO page (key, data) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = excluded.data;

-- name: ReadPages
SELECT p.data
FROM folder f CROSS JOIN page p ON p.key BETWEEN (f.no << 25 | ?3) AND (f.no << 25 | ?4)
WHERE f.mailbox = ?1 AND f.id = ?2
ORDER BY p.key;

-- name: FindBodyNumber
SELECT no FROM body WHERE blob = ?1;

-- name: AddBody
INSERT INTO body (blob, pack, offset, stored_length, length, emails) VALUES (?1, ?2, ?3, ?4, ?5, 1);

-- name: KeepBody
UPDATE body SET emails = emails + 1 WHERE no = ?1;

-- name: ReleaseBody
UPDATE body SET emails = emails - 1, unused_since = ?2 WHERE no = ?1;

-- name: FindUnusedBodies
SELECT no, blob FROM body WHERE emails = 0 AND no > ?1 AND unused_since < ?2 ORDER BY no LIMIT ?3;

-- name: ForgetBody
DELETE FROM body WHERE blob = ?1 AND emails = 0 AND unused_since < ?2;

-- name: ReadPackUse
SELECT pack, count(*), sum(stored_length) FROM body GROUP BY pack;

-- name: ReadPackBodies
SELECT blob, pack, offset, stored_length, length FROM body WHERE pack = ?1 LIMIT ?2;

-- name: ReadLastPack
SELECT coalesce(max(pack), 0) FROM body;

-- name: IsPackUsed
SELECT 1 FROM body WHERE pack = ?1 LIMIT 1;

-- name: MoveBody
UPDATE body SET pack = ?4, offset = ?5, stored_length = ?6 WHERE blob = ?1 AND pack = ?2 AND offset = ?3;

-- name: FindBody
SELECT pack, offset, stored_length, length FROM body WHERE blob = ?1;

-- name: AddEmail
INSERT INTO email (key, body, prefix, summary) VALUES (?1, ?2, ?3, ?4);

-- name: ReadEmailBody
SELECT body FROM email WHERE key = ?1;

-- name: DeleteEmail
DELETE FROM email WHERE key = ?1;

-- name: ReadExtra
SELECT references_ FROM email_extra WHERE key = ?1;

-- name: WriteExtra
INSERT INTO email_extra (key, references_) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET references_ = excluded.references_;

-- name: DeleteExtra
DELETE FROM email_extra WHERE key = ?1;

-- name: ReadEmails
SELECT e.key, b.blob, b.pack, b.offset, b.stored_length, b.length, e.prefix, e.summary
FROM email e CROSS JOIN body b ON b.no = e.body
WHERE e.key BETWEEN ?1 AND ?2
ORDER BY e.key;

-- name: AddExpunge
INSERT INTO expunge (folder, modseq, first_uid, uids) VALUES (?1, ?2, ?3, ?4);

-- name: DeleteExpunges
DELETE FROM expunge WHERE folder = ?1;

-- name: ForgetExpunges
DELETE FROM expunge WHERE folder = ?1 AND modseq <= ?2;

-- name: ReadExpunges
SELECT e.uids
FROM folder f CROSS JOIN expunge e ON e.folder = f.no AND e.modseq > ?3
WHERE f.mailbox = ?1 AND f.id = ?2;

-- name: ReadKeywords
SELECT name FROM keyword WHERE mailbox = ?1 ORDER BY bit;

-- name: WriteKeyword
INSERT INTO keyword (mailbox, bit, name) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET name = excluded.name;

-- name: ReadSubscriptions
SELECT path FROM subscription WHERE mailbox = ?1 ORDER BY path;

-- name: Subscribe
INSERT INTO subscription (mailbox, path) VALUES (?1, ?2) ON CONFLICT DO NOTHING;

-- name: Unsubscribe
DELETE FROM subscription WHERE mailbox = ?1 AND path = ?2;

-- name: AddOperation
INSERT INTO operation (mailbox, id, at, result) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;

-- name: FindOperation
SELECT result FROM operation WHERE mailbox = ?1 AND id = ?2;

-- name: ListOperations
SELECT substr(id, 1, 8) FROM operation WHERE mailbox = ?1 LIMIT ?2;

-- name: ScanOperations
SELECT mailbox, id, at FROM operation WHERE (mailbox, id) > (?1, ?2) ORDER BY mailbox, id LIMIT ?3;

-- name: DeleteOperation
DELETE FROM operation WHERE mailbox = ?1 AND id = ?2;

-- name: AddEvent
INSERT INTO event (key, mailbox, sequence, at, type, previous, hash, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: ReadEvents
SELECT e.key, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM event e CROSS JOIN mailbox m ON m.no = e.mailbox
WHERE e.key > ?1 AND e.key < ?2
ORDER BY e.key
LIMIT ?3;

-- name: ReadMailboxEvents
SELECT e.key, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM mailbox m CROSS JOIN event e ON e.mailbox = m.no AND e.sequence > ?2
WHERE m.no = ?1
ORDER BY e.sequence
LIMIT ?3;
