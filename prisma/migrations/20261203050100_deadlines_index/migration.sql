-- Control loops look for deadlines that have passed.
CREATE INDEX "experiments_deadline_idx" ON "experiments" ("deadline_at")
  WHERE "deadline_at" IS NOT NULL AND "cancelled_at" IS NULL AND "state" IN ('waiting', 'running');
