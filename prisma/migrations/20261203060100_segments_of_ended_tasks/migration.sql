-- Curves of more than 32,768 points of succeeded tasks, which nothing adds to any more. Running ones get theirs with their next points. Failed and
-- cancelled ones get none, as a worker of an older version may resume them and replace points; they are read from their points. It reads every
-- entry of the index of points once, which takes seconds for ten million, and locks no points.
WITH long AS (
  SELECT p."series_id" FROM "series_points" p GROUP BY p."series_id" HAVING count(*) > 32768
), numbered AS (
  SELECT p."series_id", p."x", p."value", (row_number() OVER (PARTITION BY p."series_id" ORDER BY p."x") - 1) / 64 AS segment
  FROM long l JOIN "series" s ON s."id" = l."series_id" JOIN "tasks" t ON t."id" = s."task_id"
  JOIN "series_points" p ON p."series_id" = s."id"
  WHERE t."state" = 'succeeded'
)
INSERT INTO "series_segments" ("series_id", "last_x", "first_x", "number", "lowest", "lowest_x", "highest", "highest_x", "missing_x")
SELECT "series_id", max("x"), min("x"), segment + 1,
  min("value"), (min(ARRAY["value", "x"]) FILTER (WHERE "value" IS NOT NULL))[2],
  max("value"), -(max(ARRAY["value", -"x"]) FILTER (WHERE "value" IS NOT NULL))[2],
  min("x") FILTER (WHERE "value" IS NULL)
FROM numbered GROUP BY "series_id", segment HAVING count(*) = 64
ON CONFLICT DO NOTHING;
