-- Monitoring counts the tasks that have not ended, by workspace, device and state. Other states have such an index already.
CREATE INDEX "tasks_blocked_idx" ON "tasks" ("device", "workspace_id") WHERE "state" = 'blocked';
