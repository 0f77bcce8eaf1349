-- The whole truth of Goalpost. Prisma knows the columns; constraints and indexes are here alone.
-- Every index says which query it is for; a table without one beside its key is read by key only.

CREATE TABLE "workspaces" (
  "id" uuid NOT NULL,
  "name" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "workspaces_name_key" UNIQUE ("name")
);

CREATE TABLE "api_keys" (
  "id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  "secret_hash" text NOT NULL CHECK ("secret_hash" ~ '^[0-9a-f]{64}$'),
  "scopes" text[] NOT NULL CHECK ("scopes" <@ ARRAY['read', 'write', 'admin']),
  "created_at" timestamptz(3) NOT NULL,
  "revoked_at" timestamptz(3),
  CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
  -- Looked up on every request.
  CONSTRAINT "api_keys_secret_hash_key" UNIQUE ("secret_hash")
);

CREATE TABLE "tasks" (
  "id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "identity" text NOT NULL CHECK ("identity" ~ '^[0-9a-f]{64}$'),
  "salt" text NOT NULL,
  "protocol" text NOT NULL,
  "kind" text NOT NULL CHECK ("kind" IN ('train', 'evaluate', 'analyse')),
  "key" text NOT NULL,
  "seed" bigint,
  "inputs" jsonb NOT NULL,
  "resources" jsonb NOT NULL,
  "device" text NOT NULL,
  "work_unit" text NOT NULL,
  "work_amount" double precision NOT NULL,
  "priority" integer NOT NULL,
  "rank" integer NOT NULL,
  "state" text NOT NULL
    CHECK ("state" IN ('blocked', 'ready', 'queued', 'running', 'succeeded', 'failed', 'cancelled')),
  "epoch" integer NOT NULL CHECK ("epoch" >= 0),
  "worker" text,
  "lease_until" timestamptz(3),
  "cancel_requested" boolean NOT NULL,
  "experiment_failures" integer NOT NULL CHECK ("experiment_failures" >= 0),
  "infrastructure_failures" integer NOT NULL CHECK ("infrastructure_failures" >= 0),
  "dispatch_count" integer NOT NULL CHECK ("dispatch_count" >= 0),
  "not_before" timestamptz(3),
  "progress" jsonb,
  "failure" jsonb,
  "result" jsonb,
  "result_hash" text,
  "manifest" jsonb,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id"),
  -- What makes a task content-addressed: equal work is stored, and computed, once per workspace.
  CONSTRAINT "tasks_workspace_id_identity_salt_key" UNIQUE ("workspace_id", "identity", "salt"),
  CONSTRAINT "tasks_leased_while_running" CHECK (("state" = 'running') = ("lease_until" IS NOT NULL AND "worker" IS NOT NULL)),
  CONSTRAINT "tasks_result_when_succeeded" CHECK (("state" = 'succeeded') = ("result" IS NOT NULL AND "result_hash" IS NOT NULL)),
  CONSTRAINT "tasks_failure_when_failed" CHECK ("state" <> 'failed' OR "failure" IS NOT NULL)
);

-- Dispatch: the best ready tasks of one workspace and device.
CREATE INDEX "tasks_ready_idx" ON "tasks" ("device", "workspace_id", "priority" DESC, "rank" DESC, "id") WHERE "state" = 'ready';
-- Dispatch: how full the queue is; reconciler: queued tasks whose job got lost. Fairness: how many a workspace has running.
CREATE INDEX "tasks_in_flight_idx" ON "tasks" ("state", "device", "workspace_id") WHERE "state" IN ('queued', 'running');
-- Reaper: leases that ran out.
CREATE INDEX "tasks_lease_idx" ON "tasks" ("lease_until") WHERE "state" = 'running';
-- Throughput: the latest finished tasks of a protocol and kind.
CREATE INDEX "tasks_finished_idx" ON "tasks" ("workspace_id", "protocol", "kind", "updated_at" DESC) WHERE "state" = 'succeeded';

CREATE TABLE "task_dependencies" (
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "key" text NOT NULL,
  "needs_task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "readiness" text NOT NULL CHECK ("readiness" IN ('succeeded', 'settled', 'checkpoint')),
  "step" bigint,
  "satisfied" boolean NOT NULL,
  CONSTRAINT "task_dependencies_pkey" PRIMARY KEY ("task_id", "key"),
  CONSTRAINT "task_dependencies_step_with_checkpoint" CHECK (("readiness" = 'checkpoint') = ("step" IS NOT NULL))
);
-- Who waits for this task, when it ends or stores a checkpoint.
CREATE INDEX "task_dependencies_needs_task_id_idx" ON "task_dependencies" ("needs_task_id");
-- What this task still waits for: an analysis needs thousands, and is looked at whenever one of them ends.
CREATE INDEX "task_dependencies_open_idx" ON "task_dependencies" ("task_id", "readiness") WHERE NOT "satisfied";

CREATE TABLE "experiments" (
  "id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  "protocol" text NOT NULL,
  "labels" jsonb NOT NULL,
  "priority" integer NOT NULL,
  "spec" jsonb NOT NULL,
  "resolved" jsonb NOT NULL,
  "condition_count" integer NOT NULL,
  "seed_count" integer NOT NULL,
  "state" text NOT NULL CHECK ("state" IN ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
  "revision" integer NOT NULL CHECK ("revision" > 0),
  "sequence" integer NOT NULL CHECK ("sequence" >= 0),
  "cancelled_at" timestamptz(3),
  "analysis_task_id" uuid REFERENCES "tasks" ("id"),
  -- A counter below zero means that a transition was missed: better no write than a wrong state.
  "tasks_blocked" integer NOT NULL CHECK ("tasks_blocked" >= 0),
  "tasks_ready" integer NOT NULL CHECK ("tasks_ready" >= 0),
  "tasks_queued" integer NOT NULL CHECK ("tasks_queued" >= 0),
  "tasks_running" integer NOT NULL CHECK ("tasks_running" >= 0),
  "tasks_succeeded" integer NOT NULL CHECK ("tasks_succeeded" >= 0),
  "tasks_failed" integer NOT NULL CHECK ("tasks_failed" >= 0),
  "tasks_cancelled" integer NOT NULL CHECK ("tasks_cancelled" >= 0),
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "experiments_pkey" PRIMARY KEY ("id")
);
-- The list, newest first: ids are UUID v7 and so ordered by time.
CREATE INDEX "experiments_workspace_id_idx" ON "experiments" ("workspace_id", "id" DESC);

CREATE TABLE "idempotency_keys" (
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "key" text NOT NULL,
  "body_hash" text NOT NULL,
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("workspace_id", "key")
);

CREATE TABLE "runs" (
  "id" uuid NOT NULL,
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "condition" text NOT NULL,
  "seed" bigint NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "runs_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "runs_experiment_id_condition_seed_key" UNIQUE ("experiment_id", "condition", "seed")
);
-- The list of all runs of a workspace.
CREATE INDEX "runs_workspace_id_idx" ON "runs" ("workspace_id", "id" DESC);
-- The list of one experiment's runs, page by page.
CREATE INDEX "runs_experiment_id_idx" ON "runs" ("experiment_id", "id" DESC);

CREATE TABLE "experiment_tasks" (
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "position" integer NOT NULL,
  "key" text NOT NULL,
  "reused" boolean NOT NULL,
  CONSTRAINT "experiment_tasks_pkey" PRIMARY KEY ("experiment_id", "task_id")
);
-- Which experiments a change of this task concerns: read by every write that bumps a revision.
CREATE INDEX "experiment_tasks_task_id_idx" ON "experiment_tasks" ("task_id");

CREATE TABLE "run_tasks" (
  "run_id" uuid NOT NULL REFERENCES "runs" ("id"),
  "key" text NOT NULL,
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "position" integer NOT NULL,
  CONSTRAINT "run_tasks_pkey" PRIMARY KEY ("run_id", "key")
);

CREATE TABLE "attempts" (
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "epoch" integer NOT NULL CHECK ("epoch" > 0),
  "worker" text NOT NULL,
  "started_at" timestamptz(3) NOT NULL,
  "ended_at" timestamptz(3),
  "outcome" text NOT NULL CHECK ("outcome" IN ('running', 'succeeded', 'failed', 'lost', 'cancelled')),
  "failure" jsonb,
  "resumed" boolean NOT NULL,
  CONSTRAINT "attempts_pkey" PRIMARY KEY ("task_id", "epoch"),
  CONSTRAINT "attempts_ended_with_outcome" CHECK (("outcome" = 'running') = ("ended_at" IS NULL))
);

CREATE TABLE "checkpoints" (
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "step" bigint NOT NULL CHECK ("step" >= 0),
  "epoch" integer NOT NULL,
  "parts" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "checkpoints_pkey" PRIMARY KEY ("task_id", "step")
);

CREATE TABLE "artifacts" (
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "hash" text NOT NULL CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  "name" text NOT NULL,
  "bytes" bigint NOT NULL,
  "media_type" text NOT NULL,
  CONSTRAINT "artifacts_pkey" PRIMARY KEY ("workspace_id", "hash")
);

CREATE TABLE "series" (
  "id" bigint GENERATED BY DEFAULT AS IDENTITY,
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "name" text NOT NULL,
  "labels" jsonb NOT NULL,
  CONSTRAINT "series_pkey" PRIMARY KEY ("id"),
  -- Serves both the upsert of points and the reading of a task's curves.
  CONSTRAINT "series_task_id_name_labels_key" UNIQUE ("task_id", "name", "labels")
);

CREATE TABLE "series_points" (
  "series_id" bigint NOT NULL REFERENCES "series" ("id"),
  "x" double precision NOT NULL,
  "value" double precision,
  "missing" text,
  CONSTRAINT "series_points_pkey" PRIMARY KEY ("series_id", "x"),
  -- NaN and infinities are not values: they compare greater than every finite number.
  CONSTRAINT "series_points_finite_or_missing"
    CHECK (num_nonnulls("value", "missing") = 1 AND abs("value") < 'infinity')
);

CREATE TABLE "measures" (
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "name" text NOT NULL,
  "labels" jsonb NOT NULL,
  "position" integer NOT NULL,
  "value" double precision,
  "missing" text,
  "count" integer,
  CONSTRAINT "measures_pkey" PRIMARY KEY ("task_id", "name", "labels"),
  CONSTRAINT "measures_finite_or_missing"
    CHECK (num_nonnulls("value", "missing") = 1 AND abs("value") < 'infinity')
);

CREATE TABLE "logs" (
  "id" bigint GENERATED BY DEFAULT AS IDENTITY,
  "task_id" uuid NOT NULL REFERENCES "tasks" ("id"),
  "epoch" integer NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "level" text NOT NULL CHECK ("level" IN ('debug', 'info', 'warn', 'error')),
  "message" text NOT NULL,
  CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);
-- A task's log, page by page.
CREATE INDEX "logs_task_id_idx" ON "logs" ("task_id", "id");

CREATE TABLE "events" (
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  "sequence" integer NOT NULL CHECK ("sequence" > 0),
  "type" text NOT NULL
    CHECK ("type" IN ('experiment.created', 'experiment.extended', 'experiment.state', 'task.state', 'task.checkpoint')),
  "task_id" uuid,
  "data" jsonb NOT NULL,
  "at" timestamptz(3) NOT NULL,
  CONSTRAINT "events_pkey" PRIMARY KEY ("experiment_id", "sequence")
);
