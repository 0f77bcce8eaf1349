-- Gates: what every new version of a model must still do, and their runs.

CREATE TABLE "gates" (
  "id" uuid NOT NULL PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  "model" text NOT NULL,
  -- The latest version of its spec.
  "version" integer NOT NULL,
  -- Copied from that spec: every registered version is matched with them.
  "triggers" jsonb NOT NULL,
  -- How many runs were numbered so far.
  "run_count" integer NOT NULL,
  -- The first time of its schedules that no run was started for. Null without a schedule.
  "next_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "gates_workspace_id_name_key" UNIQUE ("workspace_id", "name")
);

CREATE INDEX "gates_model_idx" ON "gates" ("workspace_id", "model");
CREATE INDEX "gates_next_at_idx" ON "gates" ("next_at") WHERE "next_at" IS NOT NULL;

CREATE TABLE "gate_versions" (
  "gate_id" uuid NOT NULL REFERENCES "gates" ("id"),
  "number" integer NOT NULL,
  -- With defaults, as `contracts` defines it.
  "spec" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  PRIMARY KEY ("gate_id", "number")
);

CREATE TABLE "gate_bisections" (
  "id" uuid NOT NULL PRIMARY KEY,
  "gate_id" uuid NOT NULL REFERENCES "gates" ("id"),
  "gate_version" integer NOT NULL,
  "good" integer NOT NULL,
  "bad" integer NOT NULL,
  "error_rate" double precision NOT NULL,
  -- The versions between good and bad when it started.
  "versions" integer[] NOT NULL,
  "last_good" integer,
  "candidates" integer[] NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "ended_at" timestamptz(3),
  FOREIGN KEY ("gate_id", "gate_version") REFERENCES "gate_versions" ("gate_id", "number")
);

CREATE INDEX "gate_bisections_open_idx" ON "gate_bisections" ("id") WHERE "ended_at" IS NULL;
CREATE INDEX "gate_bisections_gate_idx" ON "gate_bisections" ("gate_id", "id" DESC);

CREATE TABLE "gate_runs" (
  "id" uuid NOT NULL PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "gate_id" uuid NOT NULL REFERENCES "gates" ("id"),
  "gate_version" integer NOT NULL,
  -- The position in the life of the gate, which decides on the part of the false alarms that the run may spend. Null in
  -- bisections, which have an error rate of their own.
  "number" integer,
  "trigger" text NOT NULL CHECK ("trigger" IN ('version-registered', 'alias-moved', 'schedule', 'manual', 'bisect')),
  -- One run for each: the id of the event, the time of the schedule, the version of the bisection.
  "trigger_key" text NOT NULL,
  "bisection_id" uuid REFERENCES "gate_bisections" ("id"),
  -- The version that is tested. Together with the baselines it is fixed when the run starts.
  "version" integer NOT NULL,
  "baselines" jsonb NOT NULL,
  -- The current stage, from 1, and the units of all stages so far.
  "stage" integer NOT NULL,
  "units" integer NOT NULL,
  "judgements" jsonb NOT NULL,
  "outcome" text CHECK ("outcome" IN ('pass', 'warn', 'fail', 'undecided')),
  "message" text,
  "created_at" timestamptz(3) NOT NULL,
  "ended_at" timestamptz(3),
  FOREIGN KEY ("gate_id", "gate_version") REFERENCES "gate_versions" ("gate_id", "number"),
  CONSTRAINT "gate_runs_trigger_key" UNIQUE ("gate_id", "trigger", "trigger_key"),
  CONSTRAINT "gate_runs_number_key" UNIQUE ("gate_id", "number"),
  CHECK (("outcome" IS NULL) = ("ended_at" IS NULL)),
  CHECK (("trigger" = 'bisect') = ("bisection_id" IS NOT NULL)),
  CHECK (("trigger" = 'bisect') = ("number" IS NULL))
);

CREATE INDEX "gate_runs_bisection_idx" ON "gate_runs" ("bisection_id") WHERE "bisection_id" IS NOT NULL;
CREATE INDEX "gate_runs_open_idx" ON "gate_runs" ("id") WHERE "ended_at" IS NULL;
-- The latest run of a gate, and of each version.
CREATE INDEX "gate_runs_gate_idx" ON "gate_runs" ("gate_id", "id" DESC);
CREATE INDEX "gate_runs_version_idx" ON "gate_runs" ("gate_id", "version", "id" DESC);

-- The experiments of a run: in each stage one for the tested version and one for every baseline.
CREATE TABLE "gate_run_experiments" (
  "run_id" uuid NOT NULL REFERENCES "gate_runs" ("id"),
  "stage" integer NOT NULL,
  "version" integer NOT NULL,
  "experiment_id" uuid NOT NULL REFERENCES "experiments" ("id"),
  PRIMARY KEY ("run_id", "stage", "version")
);

CREATE INDEX "gate_run_experiments_experiment_idx" ON "gate_run_experiments" ("experiment_id");
