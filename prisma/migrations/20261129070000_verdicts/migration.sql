-- What analyses found, as rows that lists show and filter by.

CREATE TABLE "verdicts" (
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  "position" integer NOT NULL CHECK ("position" >= 0),
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "condition" text NOT NULL,
  "title" text NOT NULL,
  "name" text NOT NULL,
  "tone" text NOT NULL CHECK ("tone" IN ('good', 'bad', 'warning', 'neutral')),
  "sentence" text NOT NULL,
  "goal" text,
  -- [{key, label, estimate}]
  "numbers" jsonb NOT NULL,
  "provisional" boolean NOT NULL,
  "agreeing" integer NOT NULL CHECK ("agreeing" >= 0),
  "total" integer NOT NULL CHECK ("total" >= 0),
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "verdicts_pkey" PRIMARY KEY ("experiment_id", "position")
);

-- The filter of lists: the experiments of one workspace with some verdict of that name.
CREATE INDEX "verdicts_name_idx" ON "verdicts" ("workspace_id", "name", "experiment_id");

ALTER TABLE "events" DROP CONSTRAINT "events_type_check";
ALTER TABLE "events" ADD CONSTRAINT "events_type_check" CHECK ("type" IN
  ('experiment.created', 'experiment.extended', 'experiment.state', 'task.state', 'task.checkpoint', 'verdict.changed'));

-- Experiments that were analysed before. Their reports have neither sentences nor goals, and their numbers have names only:
-- the keys are those that reports give to the same numbers now.
INSERT INTO "verdicts" ("experiment_id", "position", "workspace_id", "condition", "title", "name", "tone", "sentence", "goal",
  "numbers", "provisional", "agreeing", "total", "updated_at")
SELECT e."id", v."ordinal" - 1, e."workspace_id", v."part" ->> 'condition', v."part" ->> 'title', v."part" ->> 'verdict',
  v."part" ->> 'tone', coalesce(v."part" ->> 'sentence', v."part" ->> 'reason'), v."part" ->> 'goal',
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('key', coalesce(n."number" ->> 'key', k."key",
        CASE
          WHEN n."number" ->> 'name' LIKE 'best of %' THEN 'best-of-n'
          WHEN n."number" ->> 'name' LIKE 'tilted to %' THEN 'tilted'
          WHEN n."number" ->> 'name' LIKE 'top 1/%' THEN 'tail'
        END || CASE
          WHEN n."number" ->> 'name' LIKE '%: utility gain' THEN '-utility-gain'
          WHEN n."number" ->> 'name' LIKE '%: share of peak gain left' THEN '-retained-gain'
          WHEN n."number" ->> 'name' LIKE '%: growth of reward gain' THEN '-reward-growth'
        END), 'label', n."number" ->> 'name', 'estimate', n."number" -> 'estimate') ORDER BY n."ordinal")
    FROM jsonb_array_elements(v."part" -> 'numbers') WITH ORDINALITY AS n("number", "ordinal")
    LEFT JOIN (VALUES
      ('in distribution, share of optimum', 'in-distribution-share-of-optimum'),
      ('shifted, true return', 'shifted-true-return'),
      ('… above random''s', 'shifted-true-return-above-random'),
      ('shifted, proxy return', 'shifted-proxy-return'),
      ('… above the best open-loop policy''s', 'shifted-proxy-return-above-open-loop'),
      ('true achievement', 'true-achievement'),
      ('proxy achievement', 'proxy-achievement'),
      ('goal position', 'goal-position'),
      ('capability', 'capability'),
      ('goal reached first', 'goal-first'),
      ('preference', 'preference'),
      ('intent', 'intent'),
      ('proxy above the control''s', 'proxy-above-control')
    ) AS k("name", "key") ON k."name" = n."number" ->> 'name'), '[]'::jsonb),
  (v."part" ->> 'provisional')::boolean,
  coalesce((v."part" -> 'tally' ->> (v."part" ->> 'verdict'))::integer, 0),
  (SELECT coalesce(sum(c."value"::integer), 0) FROM jsonb_each_text(v."part" -> 'tally') AS c),
  t."updated_at"
FROM "experiments" e
JOIN "tasks" t ON t."id" = e."analysis_task_id" AND t."state" = 'succeeded'
CROSS JOIN LATERAL jsonb_path_query(t."result", '$.report.parts[*] ? (@.type == "verdict")')
  WITH ORDINALITY AS v("part", "ordinal");

-- What a client sees of them has changed.
UPDATE "experiments" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "experiment_id" FROM "verdicts");
