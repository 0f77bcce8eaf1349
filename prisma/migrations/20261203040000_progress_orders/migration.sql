-- Orders of the list by progress and by the latest change. Coarse, so that few of the many updates write to an index: an update
-- that changes no indexed value stays on its page (HOT), and progress is reported far more often than once a minute.
ALTER TABLE "experiments"
  ADD COLUMN "done_permille" integer NOT NULL GENERATED ALWAYS AS (
    "tasks_succeeded"::bigint * 1000 / GREATEST("tasks_blocked" + "tasks_ready" + "tasks_queued" + "tasks_running"
      + "tasks_succeeded" + "tasks_failed" + "tasks_cancelled", 1)
  ) STORED,
  ADD COLUMN "changed_minute" integer NOT NULL GENERATED ALWAYS AS (
    floor(extract(epoch FROM "updated_at" AT TIME ZONE 'UTC') / 60)::integer
  ) STORED;
CREATE INDEX "experiments_progress_idx" ON "experiments" ("workspace_id", "done_permille", "id");
CREATE INDEX "experiments_changed_idx" ON "experiments" ("workspace_id", "changed_minute", "id");
