-- The statements of the directory, as in Statements.sql.

-- name: ReadAccount
SELECT version, disabled, argon2id, scram, created FROM account WHERE id = ?1;

-- name: ReadAccountVersion
SELECT version FROM account WHERE id = ?1;

-- name: WriteAccount
INSERT INTO account (id, version, disabled, argon2id, scram, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE
SET version = excluded.version, disabled = excluded.disabled, argon2id = excluded.argon2id, scram = excluded.scram, created = excluded.created;

-- name: ReadAccountAddresses
SELECT key FROM address WHERE account = ?1 ORDER BY place;

-- name: DeleteAccountAddresses
DELETE FROM address WHERE account = ?1;

-- name: AddAccountAddress
INSERT INTO address (key, account, place) VALUES (?1, ?2, ?3);

-- name: FindAddress
SELECT account FROM address WHERE key = ?1;

-- name: Resolve
SELECT a.account, a.mail_group, coalesce(c.disabled, 0) OR coalesce(d.disabled, 0)
FROM address a
LEFT JOIN account c ON c.id = a.account
LEFT JOIN domain d ON d.name = substr(a.key, instr(a.key, '@') + 1)
WHERE a.key = ?1;

-- name: ReadGroupAccounts
WITH RECURSIVE inside (id, depth) AS (
    SELECT ?1, 1
    UNION
    SELECT m.member, i.depth + 1
    FROM inside i CROSS JOIN group_member m ON m.mail_group = i.id AND m.is_group = 1
    WHERE i.depth < ?2
)
SELECT DISTINCT m.member
FROM inside i CROSS JOIN group_member m ON m.mail_group = i.id AND m.is_group = 0 CROSS JOIN account a ON a.id = m.member
WHERE a.disabled = 0
ORDER BY m.member
LIMIT ?3;

-- name: AddAct
INSERT INTO account_act (account, version, type, address, actor, client) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING;

-- name: ReadActs
SELECT version, type, address, actor, client FROM account_act WHERE account = ?1 ORDER BY version;

-- name: DeleteActs
DELETE FROM account_act WHERE account = ?1 AND version <= ?2;

-- name: ListOwing
SELECT DISTINCT account FROM account_act WHERE account > ?1 ORDER BY account LIMIT ?2;

-- name: ListAccounts
SELECT account FROM address WHERE key > ?1 AND account IS NOT NULL AND place = 0 ORDER BY key LIMIT ?2;

-- name: CountAccounts
SELECT count(*) FROM address WHERE account IS NOT NULL AND place = 0;

-- name: CountActs
SELECT (SELECT count(*) FROM account_act) + (SELECT count(*) FROM directory_act);

-- name: FindGroup
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.name = ?1;

-- name: ListGroups
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.name > ?1 ORDER BY g.name LIMIT ?2;

-- name: ReadGroup
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.id = ?1;

-- name: AddGroup
INSERT INTO mail_group (id, name, created) VALUES (?1, ?2, ?3);

-- name: AddGroupAddress
INSERT INTO address (key, mail_group, place) VALUES (?1, ?2, 0);

-- name: DeleteGroup
DELETE FROM mail_group WHERE id = ?1;

-- name: DeleteGroupAddress
DELETE FROM address WHERE mail_group = ?1;

-- name: DeleteGroupMembers
DELETE FROM group_member WHERE mail_group = ?1;

-- name: LeaveGroups
DELETE FROM group_member WHERE member = ?1;

-- name: LeaveRoles
DELETE FROM role_holder WHERE holder = ?1;

-- name: AddMember
INSERT INTO group_member (mail_group, member, is_group) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;

-- name: RemoveMember
DELETE FROM group_member WHERE mail_group = ?1 AND member = ?2;

-- name: IsInside
WITH RECURSIVE inside (id) AS (
    SELECT ?1
    UNION
    SELECT m.member FROM inside i CROSS JOIN group_member m ON m.mail_group = i.id AND m.is_group = 1
)
SELECT 1 FROM inside WHERE id = ?2;

-- name: ListMembers
SELECT m.member, m.is_group, coalesce(g.name, a.key)
FROM group_member m
LEFT JOIN mail_group g ON g.id = m.member
LEFT JOIN address a ON a.account = m.member AND a.place = 0
WHERE m.mail_group = ?1
ORDER BY 3;

-- name: ListAllMembers
SELECT m.mail_group, m.member, m.is_group, coalesce(g.name, a.key)
FROM group_member m
LEFT JOIN mail_group g ON g.id = m.member
LEFT JOIN address a ON a.account = m.member AND a.place = 0
ORDER BY m.mail_group, 4;

-- name: ListGroupsOf
SELECT g.id, g.name FROM group_member m JOIN mail_group g ON g.id = m.mail_group WHERE m.member = ?1 ORDER BY g.name;

-- name: ListRolesOf
SELECT role FROM role_holder WHERE holder = ?1 ORDER BY role;

-- name: FindGroupAddresses
WITH RECURSIVE above (id) AS (
    SELECT ?1
    UNION
    SELECT m.mail_group FROM above o CROSS JOIN group_member m ON m.member = o.id
)
SELECT a.key FROM above o CROSS JOIN address a ON a.mail_group = o.id;

-- name: FindMemberships
WITH RECURSIVE above (id) AS (
    SELECT ?1
    UNION
    SELECT m.mail_group FROM above o CROSS JOIN group_member m ON m.member = o.id
)
SELECT 0, g.name FROM above o CROSS JOIN mail_group g ON g.id = o.id WHERE o.id <> ?1
UNION ALL
SELECT 1, r.role FROM above o CROSS JOIN role_holder r ON r.holder = o.id;

-- name: Grant
INSERT INTO role_holder (role, holder, is_group) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;

-- name: Revoke
DELETE FROM role_holder WHERE role = ?1 AND holder = ?2;

-- name: ListRoles
SELECT r.role, r.holder, r.is_group, coalesce(g.name, a.key)
FROM role_holder r
LEFT JOIN mail_group g ON g.id = r.holder
LEFT JOIN address a ON a.account = r.holder AND a.place = 0
ORDER BY r.role, 4;

-- name: HasDomains
SELECT 1 FROM domain LIMIT 1;

-- name: DomainExists
SELECT 1 FROM domain WHERE name = ?1;

-- name: ReadDomain
SELECT name, disabled FROM domain WHERE name = ?1;

-- name: ListDomains
SELECT name, disabled FROM domain ORDER BY name;

-- name: WriteDomain
INSERT INTO domain (name, disabled) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET disabled = excluded.disabled;

-- name: DeleteDomain
DELETE FROM domain WHERE name = ?1;

-- name: DomainHasAddresses
SELECT 1 FROM address WHERE substr(key, instr(key, '@') + 1) = ?1 LIMIT 1;

-- name: ReadDirectoryLog
SELECT number, pictured FROM directory_log;

-- name: CountDirectoryAct
UPDATE directory_log SET number = number + 1 RETURNING number;

-- name: MarkPictured
UPDATE directory_log SET pictured = ?1;

-- name: AddDirectoryAct
INSERT INTO directory_act (number, at, type, actor, client, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: ReadDirectoryActs
SELECT number, at, type, actor, client, details FROM directory_act ORDER BY number LIMIT ?1;

-- name: DeleteDirectoryActs
DELETE FROM directory_act WHERE number <= ?1;

-- name: ReadFormerAccounts
SELECT GrainIdN0, GrainIdN1, PayloadBinary FROM OrleansStorage WHERE GrainTypeString = 'account' AND PayloadBinary IS NOT NULL;
