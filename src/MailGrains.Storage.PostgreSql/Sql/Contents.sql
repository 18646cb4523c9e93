-- The statements of the index of contents, as in Statements.sql.

-- name: ReadContentProgress
SELECT position FROM content_progress WHERE subscriber = $1 AND partition = $2;

-- name: ApplyContents
WITH begun AS (
    INSERT INTO content_progress (subscriber, partition, position) SELECT $1, $2, $4 WHERE $3 = 0 ON CONFLICT DO NOTHING RETURNING true AS moved
), gone_on AS (
    UPDATE content_progress SET position = $4 WHERE subscriber = $1 AND partition = $2 AND position = $3 RETURNING true AS moved
), progress AS (
    SELECT moved FROM begun UNION ALL SELECT moved FROM gone_on
), fresh AS MATERIALIZED (
    SELECT nextval('content_number') AS number, given.*
    FROM unnest($5::bytea[], $6::text[], $7::boolean[], $8::smallint[], $9::integer[], $10::bytea[])
        AS given (blob, tokens, partial, encoding, length, document)
    WHERE EXISTS (SELECT FROM progress) AND NOT EXISTS (SELECT FROM content WHERE content.blob = given.blob)
), added AS (
    INSERT INTO content (number, blob, partial, encoding, length, document, tokens)
    SELECT number, blob, partial, encoding, length, document, array_to_tsvector(string_to_array(tokens, ' ') || ('#' || (number >> 16)))
    FROM fresh
    ON CONFLICT (blob) DO NOTHING
)
SELECT EXISTS (SELECT FROM progress);

-- name: FindContents
-- Segment by segment, so that a common token costs a segment for each page and not the whole index. "number + 0" keeps the planner from walking the table by
-- its key when it believes that every other content satisfies the query.
SELECT number, blob, partial, encoding, length, document
FROM (
    SELECT found.number
    FROM generate_series($1::bigint >> 16, (SELECT max(number) FROM content) >> 16) AS segment
    CROSS JOIN LATERAL (
        SELECT number
        FROM content
        WHERE tokens @@ ($4::text::tsquery && ('''#' || segment || '''')::tsquery)
            AND number + 0 > $1
            AND ($3::bytea[] IS NULL OR blob IN (SELECT unnest($3::bytea[])))
        ORDER BY number + 0
        LIMIT $2
    ) AS found
    LIMIT $2
) AS page
JOIN content USING (number)
ORDER BY number;

-- name: ListContents
SELECT number, blob, partial, encoding, length, document
FROM content
WHERE number > $1 AND ($3::bytea[] IS NULL OR blob IN (SELECT unnest($3::bytea[])))
ORDER BY number
LIMIT $2;

-- name: ReadContents
SELECT number, blob, partial, encoding, length, document FROM unnest($1::bytea[]) AS given (blob) JOIN content USING (blob);

-- name: FindPresentContents
SELECT blob FROM unnest($1::bytea[]) AS given (blob) JOIN content USING (blob);

-- name: RemoveContents
DELETE FROM content USING unnest($1::bytea[]) AS given (blob) WHERE content.blob = given.blob RETURNING content.number;

-- name: CountContents
SELECT (SELECT count(*) FROM content), (SELECT count(*) FROM content WHERE partial);
