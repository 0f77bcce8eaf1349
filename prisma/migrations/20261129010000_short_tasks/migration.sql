-- Short tasks have slots of their own, so that none of them waits for the end of a long one.

-- Whether a task may be given to those slots. Of tasks that were stored before, all but trainings are short.
ALTER TABLE "tasks" ADD COLUMN "short" boolean;
UPDATE "tasks" SET "short" = "kind" <> 'train';
ALTER TABLE "tasks" ALTER COLUMN "short" SET NOT NULL;

-- To which slots it was handed last, and so in which queue its job lies.
ALTER TABLE "tasks" ADD COLUMN "lane" text NOT NULL DEFAULT 'any' CHECK ("lane" IN ('any', 'short'));

-- Tasks of one sort take equally long for equal work. Of tasks that were stored before, no more is known than their unit.
ALTER TABLE "tasks" ADD COLUMN "work_sort" text NOT NULL DEFAULT '';

-- Dispatch: the best ready tasks of one workspace that some worker can run, short ones apart from long ones.
DROP INDEX "tasks_ready_idx";
CREATE INDEX "tasks_ready_idx"
  ON "tasks" ("device", "short", "engine", "workspace_id", "priority" DESC, "rank" DESC, "id") WHERE "state" = 'ready';
