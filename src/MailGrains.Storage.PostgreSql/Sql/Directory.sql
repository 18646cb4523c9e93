-- The statements of the directory, as in Statements.sql. Lists are given back as text, with spaces between.

-- name: ReadAccount
SELECT a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
    array_to_string(ARRAY(SELECT o.key FROM address o WHERE o.account = a.id ORDER BY o.place), ' ')
FROM account a WHERE a.id = $1;

-- name: ReadActs
SELECT account, version, type, address, actor, client FROM account_act WHERE account = $1 ORDER BY version;

-- name: ListAccounts
SELECT a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
    array_to_string(ARRAY(SELECT o.key FROM address o WHERE o.account = a.id ORDER BY o.place), ' ')
FROM address d JOIN account a ON a.id = d.account
WHERE d.key > $1 AND d.place = 0
ORDER BY d.key
LIMIT $2;

-- name: FindAccounts
SELECT a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
    array_to_string(ARRAY(SELECT o.key FROM address o WHERE o.account = a.id ORDER BY o.place), ' '), w.place
FROM unnest($1::text[]) WITH ORDINALITY AS w (key, place) JOIN address d ON d.key = w.key JOIN account a ON a.id = d.account;

-- name: ListOwing
SELECT o.account, o.version, o.type, o.address, o.actor, o.client
FROM (SELECT DISTINCT account FROM account_act WHERE account > $1 ORDER BY account LIMIT $2) AS w JOIN account_act o ON o.account = w.account
ORDER BY o.account, o.version;

-- name: CountDirectory
SELECT (SELECT count(*) FROM address WHERE account IS NOT NULL AND place = 0), (SELECT count(*) FROM account_act) + (SELECT count(*) FROM directory_act);

-- name: Resolve
SELECT a.account, a.mail_group, coalesce(c.disabled, false) OR coalesce(d.disabled, false),
    CASE WHEN a.mail_group IS NOT NULL THEN array_to_string(ARRAY(
        WITH RECURSIVE inside (id, depth) AS (
            SELECT a.mail_group, 1
            UNION
            SELECT m.member, i.depth + 1
            FROM inside i JOIN group_member m ON m.mail_group = i.id AND m.is_group
            WHERE i.depth < $2
        )
        SELECT DISTINCT m.member
        FROM inside i JOIN group_member m ON m.mail_group = i.id AND NOT m.is_group JOIN account e ON e.id = m.member
        WHERE NOT e.disabled
        ORDER BY m.member
        LIMIT $3), ' ') END
FROM address a
LEFT JOIN account c ON c.id = a.account
LEFT JOIN domain d ON d.name = split_part(a.key, '@', 2)
WHERE a.key = $1;

-- name: AddAccount
INSERT INTO account (id, version, disabled, argon2id, scram, created) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING;

-- name: ChangeAccount
UPDATE account SET version = $2, disabled = $3, argon2id = $4, scram = $5, created = $6 WHERE id = $1 AND version = $2 - 1;

-- name: AddAccounts
-- Those that were there are not given back.
INSERT INTO account (id, version, disabled, argon2id, scram, created)
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::boolean[], $4::text[], $5::text[], $6::bigint[])
ON CONFLICT DO NOTHING
RETURNING id;

-- name: FindUnknownDomains
-- Of addresses that are new, those whose domain is not in the list, where there is one.
SELECT w.key
FROM unnest($1::text[]) AS w (key)
WHERE EXISTS (SELECT FROM domain)
    AND NOT EXISTS (SELECT FROM domain d WHERE d.name = split_part(w.key, '@', 2))
    AND NOT EXISTS (SELECT FROM address a WHERE a.key = w.key);

-- name: LeaveAddresses
DELETE FROM address WHERE account = $1 AND key <> ALL ($2::text[]);

-- name: WriteAddresses
-- Those of others are left alone and not given back. In their order, so that two writers don't wait for each other in a circle.
INSERT INTO address AS a (key, account, place)
SELECT w.key, w.account, w.place FROM unnest($1::text[], $2::uuid[], $3::integer[]) AS w (key, account, place) ORDER BY w.key
ON CONFLICT (key) DO UPDATE SET place = excluded.place WHERE a.account = excluded.account
RETURNING a.key;

-- name: ForgetAccounts
WITH addresses AS (DELETE FROM address WHERE account = ANY ($1::uuid[])) DELETE FROM account WHERE id = ANY ($1::uuid[]);

-- name: AddActs
INSERT INTO account_act (account, version, type, address, actor, client)
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
ON CONFLICT DO NOTHING;

-- name: Settle
DELETE FROM account_act o USING unnest($1::uuid[], $2::bigint[]) AS w (account, version) WHERE o.account = w.account AND o.version <= w.version;

-- name: FindGroup
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.name = $1;

-- name: ListGroups
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.name > $1 ORDER BY g.name LIMIT $2;

-- name: AddGroup
INSERT INTO mail_group (id, name, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: AddGroupAddress
INSERT INTO address (key, mail_group, place) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING;

-- name: DeleteGroup
DELETE FROM mail_group WHERE id = $1;

-- name: DeleteGroupAddress
DELETE FROM address WHERE mail_group = $1;

-- name: DeleteGroupMembers
DELETE FROM group_member WHERE mail_group = $1;

-- name: LeaveGroups
DELETE FROM group_member WHERE member = $1;

-- name: LeaveRoles
DELETE FROM role_holder WHERE holder = $1;

-- name: LockAccount
SELECT 1 FROM account WHERE id = $1 FOR SHARE;

-- name: AccountExists
SELECT 1 FROM address WHERE account = $1 LIMIT 1;

-- name: ReadLogin
SELECT key FROM address WHERE account = $1 AND place = 0;

-- name: ReadGroup
SELECT g.id, g.name, a.key, g.created FROM mail_group g LEFT JOIN address a ON a.mail_group = g.id WHERE g.id = $1;

-- name: GroupExists
SELECT 1 FROM mail_group WHERE id = $1 FOR SHARE;

-- name: IsInside
WITH RECURSIVE inside (id) AS (
    SELECT $1::uuid
    UNION
    SELECT m.member FROM inside i JOIN group_member m ON m.mail_group = i.id AND m.is_group
)
SELECT 1 FROM inside WHERE id = $2;

-- name: AddMember
INSERT INTO group_member (mail_group, member, is_group) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: RemoveMember
DELETE FROM group_member WHERE mail_group = $1 AND member = $2;

-- name: ListMembers
SELECT m.member, m.is_group, coalesce(g.name, a.key) COLLATE "C" AS name
FROM group_member m
LEFT JOIN mail_group g ON g.id = m.member
LEFT JOIN address a ON a.account = m.member AND a.place = 0
WHERE m.mail_group = $1
ORDER BY 3;

-- name: ListAllMembers
SELECT m.mail_group, m.member, m.is_group, coalesce(g.name, a.key) COLLATE "C" AS name
FROM group_member m
LEFT JOIN mail_group g ON g.id = m.member
LEFT JOIN address a ON a.account = m.member AND a.place = 0
ORDER BY m.mail_group, 4;

-- name: ListGroupsOf
SELECT g.id, g.name FROM group_member m JOIN mail_group g ON g.id = m.mail_group WHERE m.member = $1 ORDER BY g.name;

-- name: ListRolesOf
SELECT role FROM role_holder WHERE holder = $1 ORDER BY role;

-- name: FindGroupAddresses
WITH RECURSIVE above (id) AS (
    SELECT $1::uuid
    UNION
    SELECT m.mail_group FROM above o JOIN group_member m ON m.member = o.id
)
SELECT a.key FROM above o JOIN address a ON a.mail_group = o.id;

-- name: FindMemberships
WITH RECURSIVE above (id) AS (
    SELECT $1::uuid
    UNION
    SELECT m.mail_group FROM above o JOIN group_member m ON m.member = o.id
)
SELECT false, g.name FROM above o JOIN mail_group g ON g.id = o.id WHERE o.id <> $1
UNION ALL
SELECT true, r.role FROM above o JOIN role_holder r ON r.holder = o.id;

-- name: Grant
INSERT INTO role_holder (role, holder, is_group) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: Revoke
DELETE FROM role_holder WHERE role = $1 AND holder = $2;

-- name: ListRoles
SELECT r.role, r.holder, r.is_group, coalesce(g.name, a.key) COLLATE "C" AS name
FROM role_holder r
LEFT JOIN mail_group g ON g.id = r.holder
LEFT JOIN address a ON a.account = r.holder AND a.place = 0
ORDER BY r.role, 4;

-- name: ReadDomain
SELECT name, disabled FROM domain WHERE name = $1;

-- name: ListDomains
SELECT name, disabled FROM domain ORDER BY name;

-- name: WriteDomain
INSERT INTO domain (name, disabled) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET disabled = excluded.disabled;

-- name: DeleteDomain
DELETE FROM domain WHERE name = $1;

-- name: DomainHasAddresses
SELECT 1 FROM address WHERE split_part(key, '@', 2) = $1 LIMIT 1;

-- name: LockDirectoryLog
SELECT number, pictured FROM directory_log FOR UPDATE;

-- name: MarkPictured
UPDATE directory_log SET pictured = $1;

-- name: AddDirectoryAct
WITH counted AS (UPDATE directory_log SET number = $1)
INSERT INTO directory_act (number, at, type, actor, client, details) VALUES ($1, $2, $3, $4, $5, $6);

-- name: ReadDirectoryActs
SELECT number, at, type, actor, client, details FROM directory_act ORDER BY number LIMIT $1;

-- name: SettleDirectoryActs
DELETE FROM directory_act WHERE number <= $1;
