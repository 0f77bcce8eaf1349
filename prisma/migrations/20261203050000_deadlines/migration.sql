-- Experiments end at their deadline, and say why they were stopped. A running task may be asked to leave its slot to one of higher priority.
-- Nothing here reads a table: the locks are short.
ALTER TABLE "experiments" ADD COLUMN "deadline_at" TIMESTAMPTZ(3), ADD COLUMN "stop_reason" TEXT;
ALTER TABLE "tasks" ADD COLUMN "preempt_requested" BOOLEAN NOT NULL DEFAULT false;

-- NOT VALID: rows that are there comply, and are not read.
ALTER TABLE "events" DROP CONSTRAINT "events_type_check";
ALTER TABLE "events" ADD CONSTRAINT "events_type_check" CHECK ("type" IN
  ('experiment.created', 'experiment.extended', 'experiment.paused', 'experiment.resumed', 'experiment.state', 'task.state', 'task.checkpoint',
   'task.preempted', 'verdict.changed')) NOT VALID;
