-- How serious the worst of an experiment's verdicts is: 4 bad, 3 warning, 2 neutral, 1 good, 0 none. Written where its
-- verdicts are.
ALTER TABLE "experiments" ADD COLUMN "verdict_rank" integer NOT NULL DEFAULT 0;
UPDATE "experiments" e SET "verdict_rank" = v."rank"
FROM (
  SELECT "experiment_id",
    max(CASE "tone" WHEN 'bad' THEN 4 WHEN 'warning' THEN 3 WHEN 'neutral' THEN 2 ELSE 1 END) AS "rank"
  FROM "verdicts" GROUP BY "experiment_id"
) v
WHERE v."experiment_id" = e."id";
-- More orders of the list. Not by progress or "updated_at": every step of a task would write to such an index.
CREATE INDEX "experiments_state_order_idx" ON "experiments" ("workspace_id",
  (CASE "state" WHEN 'running' THEN 4 WHEN 'waiting' THEN 3 WHEN 'failed' THEN 2 WHEN 'cancelled' THEN 1 ELSE 0 END), "id");
CREATE INDEX "experiments_priority_idx" ON "experiments" ("workspace_id", "priority", "id");
CREATE INDEX "experiments_verdict_rank_idx" ON "experiments" ("workspace_id", "verdict_rank", "id");
