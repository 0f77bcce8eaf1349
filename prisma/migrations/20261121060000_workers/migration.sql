-- Workers say what they can run; tasks are dispatched where one of them can.

CREATE TABLE "workers" (
  "id" text NOT NULL,
  "host" text NOT NULL,
  "code_revision" text NOT NULL,
  -- [{device, slots}]
  "queues" jsonb NOT NULL,
  "cores" integer NOT NULL CHECK ("cores" > 0),
  -- [{name, build, device, deviceName}]; null while the worker is still finding out.
  "engines" jsonb,
  "started_at" timestamptz(3) NOT NULL,
  "last_seen_at" timestamptz(3) NOT NULL,
  CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- A copy of resources.engine, to find ready tasks by.
ALTER TABLE "tasks" ADD COLUMN "engine" text;
UPDATE "tasks" SET "engine" = "resources" ->> 'engine';
ALTER TABLE "tasks" ALTER COLUMN "engine" SET NOT NULL;

-- Dispatch: the best ready tasks of one workspace that some worker can run. However many wait for an engine that nobody has,
-- they are not looked at.
DROP INDEX "tasks_ready_idx";
CREATE INDEX "tasks_ready_idx" ON "tasks" ("device", "engine", "workspace_id", "priority" DESC, "rank" DESC, "id")
  WHERE "state" = 'ready';
