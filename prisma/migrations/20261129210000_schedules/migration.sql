-- Experiments that start at times of a cron expression.

CREATE TABLE "schedules" (
  "id" uuid NOT NULL PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  -- With defaults, as `contracts` defines it.
  "spec" jsonb NOT NULL,
  -- The experiment as it was sent: what a submission by hand would store.
  "sent" jsonb NOT NULL,
  "paused" boolean NOT NULL,
  "revision" integer NOT NULL,
  -- The first occurrence that nothing was decided about, by the cron expression and with jitter. Null while paused.
  "next_at" timestamptz(3),
  "next_start_at" timestamptz(3),
  -- The occurrence that waits for the latest experiment to end.
  "queued_at" timestamptz(3),
  "latest_experiment_id" uuid REFERENCES "experiments" ("id"),
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "schedules_workspace_id_name_key" UNIQUE ("workspace_id", "name"),
  CHECK (("next_at" IS NULL) = ("next_start_at" IS NULL))
);

-- Every idle worker asks now and then what is due.
CREATE INDEX "schedules_next_start_at_idx" ON "schedules" ("next_start_at") WHERE "next_start_at" IS NOT NULL;
CREATE INDEX "schedules_queued_idx" ON "schedules" ("latest_experiment_id") WHERE "queued_at" IS NOT NULL;

-- One row for each occurrence that something was decided about, so that none starts twice.
CREATE TABLE "schedule_runs" (
  "id" uuid NOT NULL PRIMARY KEY,
  "schedule_id" uuid NOT NULL REFERENCES "schedules" ("id"),
  "trigger" text NOT NULL CHECK ("trigger" IN ('cron', 'manual')),
  "at" timestamptz(3) NOT NULL,
  "outcome" text NOT NULL CHECK ("outcome" IN ('started', 'queued', 'skipped', 'failed')),
  "message" text,
  "experiment_id" uuid REFERENCES "experiments" ("id"),
  "recorded_at" timestamptz(3) NOT NULL,
  CONSTRAINT "schedule_runs_schedule_id_trigger_at_key" UNIQUE ("schedule_id", "trigger", "at"),
  CHECK (("outcome" = 'started') = ("experiment_id" IS NOT NULL))
);

-- The latest runs of one schedule.
CREATE INDEX "schedule_runs_recorded_at_idx" ON "schedule_runs" ("schedule_id", "recorded_at" DESC, "id" DESC);
