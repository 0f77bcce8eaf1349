-- Idle workers look at the database now and then: when is the first postponed task due?
CREATE INDEX "tasks_postponed_idx" ON "tasks" ("not_before") WHERE "state" = 'ready' AND "not_before" IS NOT NULL;
