-- Experiments of a workspace take turns.

-- The experiment that a task's turn counts for: of those that have it, one with few tasks. It may be deleted since.
ALTER TABLE "tasks" ADD COLUMN "share_id" uuid;
UPDATE "tasks" t SET "share_id" = coalesce(
  (SELECT l."experiment_id" FROM "experiment_tasks" l WHERE l."task_id" = t."id" ORDER BY l."experiment_id" LIMIT 1),
  t."workspace_id");
ALTER TABLE "tasks" ALTER COLUMN "share_id" SET NOT NULL;

-- Dispatch: the experiments of one workspace with ready tasks that some worker can run, and the best ready tasks of each.
-- An experiment with 10,000 of them costs no more than one with three.
DROP INDEX "tasks_ready_idx";
CREATE INDEX "tasks_ready_idx"
  ON "tasks" ("device", "short", "engine", "workspace_id", "share_id", "priority" DESC, "rank" DESC, "id")
  WHERE "state" = 'ready';

-- Who was served last, of workspaces and experiments with equally many tasks in flight: the other is next. Written by the
-- dispatcher alone, apart from the rows of experiments, which it locks later and in another order.
CREATE SEQUENCE "turns_served_seq";
CREATE TABLE "turns" (
  -- Of a workspace or an experiment.
  "id" uuid NOT NULL,
  "served" bigint NOT NULL,
  CONSTRAINT "turns_pkey" PRIMARY KEY ("id")
);
