-- Experiments that wait, and the tasks that only such experiments want.
ALTER TABLE "experiments" ADD COLUMN "paused_at" timestamptz(3);
ALTER TABLE "tasks" ADD COLUMN "held" boolean NOT NULL DEFAULT false;

ALTER TABLE "events" DROP CONSTRAINT "events_type_check";
ALTER TABLE "events" ADD CONSTRAINT "events_type_check" CHECK ("type" IN
  ('experiment.created', 'experiment.extended', 'experiment.paused', 'experiment.resumed', 'experiment.state', 'task.state', 'task.checkpoint', 'verdict.changed'));
