-- Experiments end at their deadline, and say why they were stopped. A running task may be asked to leave its slot to one of higher priority.
ALTER TABLE "experiments" ADD COLUMN "deadline_at" TIMESTAMPTZ(3), ADD COLUMN "stop_reason" TEXT;
ALTER TABLE "tasks" ADD COLUMN "preempt_requested" BOOLEAN NOT NULL DEFAULT false;

-- Searches that ended early have the reason in their spec as it was run.
UPDATE "experiments" SET "stop_reason" = "resolved" -> 'search' ->> 'stopped' WHERE "resolved" -> 'search' ? 'stopped';

-- Control loops look for deadlines that have passed.
CREATE INDEX "experiments_deadline_idx" ON "experiments" ("deadline_at")
  WHERE "deadline_at" IS NOT NULL AND "cancelled_at" IS NULL AND "state" IN ('waiting', 'running');

-- NOT VALID: rows that are there comply, and are not read.
ALTER TABLE "events" DROP CONSTRAINT "events_type_check";
ALTER TABLE "events" ADD CONSTRAINT "events_type_check" CHECK ("type" IN
  ('experiment.created', 'experiment.extended', 'experiment.paused', 'experiment.resumed', 'experiment.state', 'task.state', 'task.checkpoint',
   'task.preempted', 'verdict.changed')) NOT VALID;
