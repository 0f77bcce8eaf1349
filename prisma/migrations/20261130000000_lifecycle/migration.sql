-- Experiments can be archived and deleted, and files that nothing needs are removed.

ALTER TABLE "experiments" ADD COLUMN "archived_at" timestamptz(3);

-- Since when no experiment has had the task. It is removed after a grace period, unless an experiment needs it again.
ALTER TABLE "tasks" ADD COLUMN "unneeded_since" timestamptz(3);
CREATE INDEX "tasks_unneeded_idx" ON "tasks" ("unneeded_since") WHERE "unneeded_since" IS NOT NULL;

ALTER TABLE "artifacts"
  -- Sent by a client, or made by a tool for one: kept although no task has it.
  ADD COLUMN "uploaded" boolean NOT NULL DEFAULT true,
  ADD COLUMN "unneeded_since" timestamptz(3);
-- Which of them some workspace has: asked for every file that might be removed.
CREATE INDEX "artifacts_hash_idx" ON "artifacts" ("hash");

-- Which files a task needs or has made. The foreign key keeps a file while a task refers to it.
CREATE TABLE "task_files" (
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "hash" text NOT NULL,
  "workspace_id" uuid NOT NULL,
  "kind" text NOT NULL CHECK ("kind" IN ('input', 'checkpoint', 'result')),
  CONSTRAINT "task_files_pkey" PRIMARY KEY ("task_id", "hash"),
  CONSTRAINT "task_files_workspace_id_hash_fkey"
    FOREIGN KEY ("workspace_id", "hash") REFERENCES "artifacts" ("workspace_id", "hash")
);
-- The foreign key's check, and the other tasks that need a file.
CREATE INDEX "task_files_hash_idx" ON "task_files" ("workspace_id", "hash");

INSERT INTO "task_files" ("task_id", "hash", "workspace_id", "kind")
SELECT DISTINCT ON (f."task_id", f."hash") f."task_id", f."hash", f."workspace_id", f."kind" FROM (
  SELECT c."task_id", p ->> 'hash' AS "hash", t."workspace_id", 'checkpoint' AS "kind"
  FROM "checkpoints" c JOIN "tasks" t ON t."id" = c."task_id" CROSS JOIN LATERAL jsonb_array_elements(c."parts") p
  UNION ALL
  SELECT t."id", p ->> 'hash', t."workspace_id", 'result'
  FROM "tasks" t CROSS JOIN LATERAL jsonb_array_elements(t."result" -> 'artifacts') p WHERE t."result" IS NOT NULL
  UNION ALL
  -- Hashes within inputs may be of other things: only those of files count.
  SELECT t."id", m[1], t."workspace_id", 'input'
  FROM "tasks" t CROSS JOIN LATERAL regexp_matches(t."inputs"::text, '"([0-9a-f]{64})"', 'g') m
) f JOIN "artifacts" a ON a."workspace_id" = f."workspace_id" AND a."hash" = f."hash"
ORDER BY f."task_id", f."hash", f."kind";
-- Files that tasks have made. What remains was uploaded, or was made by a task that has lost its result: kept.
UPDATE "artifacts" a SET "uploaded" = false WHERE EXISTS (
  SELECT FROM "task_files" f WHERE f."workspace_id" = a."workspace_id" AND f."hash" = a."hash" AND f."kind" <> 'input');

-- Files that were removed lately: a program that saw one just before must not refer to it.
CREATE TABLE "removed_files" (
  "hash" text NOT NULL,
  "removed_at" timestamptz(3) NOT NULL,
  CONSTRAINT "removed_files_pkey" PRIMARY KEY ("hash")
);

-- When files were last collected, by any process, and what was removed.
CREATE TABLE "collections" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "started_at" timestamptz(3) NOT NULL,
  "ended_at" timestamptz(3),
  "tasks" integer NOT NULL,
  "files" integer NOT NULL,
  "bytes" bigint NOT NULL
);

-- A deleted experiment leaves the occurrence that started it.
ALTER TABLE "schedule_runs" DROP CONSTRAINT "schedule_runs_check";
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_check" CHECK ("outcome" = 'started' OR "experiment_id" IS NULL);

-- Deleting rows asks every table that refers to them.
CREATE INDEX "run_tasks_task_id_idx" ON "run_tasks" ("task_id");
CREATE INDEX "events_task_id_idx" ON "events" ("task_id") WHERE "task_id" IS NOT NULL;
CREATE INDEX "experiments_analysis_task_id_idx" ON "experiments" ("analysis_task_id");
CREATE INDEX "idempotency_keys_experiment_id_idx" ON "idempotency_keys" ("experiment_id");
CREATE INDEX "model_versions_task_id_idx" ON "model_versions" ("task_id") WHERE "task_id" IS NOT NULL;
CREATE INDEX "model_versions_experiment_id_idx" ON "model_versions" ("experiment_id") WHERE "experiment_id" IS NOT NULL;
CREATE INDEX "schedule_runs_experiment_id_idx" ON "schedule_runs" ("experiment_id") WHERE "experiment_id" IS NOT NULL;
CREATE INDEX "schedules_latest_experiment_id_idx" ON "schedules" ("latest_experiment_id")
  WHERE "latest_experiment_id" IS NOT NULL;
