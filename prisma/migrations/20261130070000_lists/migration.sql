-- What event streams look at, again and again.
CREATE INDEX "experiments_open_idx" ON "experiments" ("workspace_id") WHERE "state" IN ('waiting', 'running');
-- The orders and filters of lists. Not by "updated_at": every progress of a task would write to that index.
-- Trends read it backwards.
CREATE INDEX "experiments_name_idx" ON "experiments" ("workspace_id", "name", "id");
CREATE INDEX "experiments_created_by_idx" ON "experiments" ("workspace_id", "created_by", "id" DESC);
CREATE INDEX "experiments_created_at_idx" ON "experiments" ("workspace_id", "created_at");
