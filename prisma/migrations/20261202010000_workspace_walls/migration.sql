-- The second wall between workspaces: a role that does not own the tables sees the rows of one workspace, whatever a
-- statement asks for. The API takes such a role; owners and superusers, so workers and migrations, are not concerned.

-- All at once, in the order in which transactions lock (docs/architecture.md): workers may be running. How long each lock is
-- waited for, and again, `migrate` decides.
LOCK TABLE "workspaces", "tasks", "experiments", "api_keys", "artifacts", "attempts", "audit_events", "checkpoints",
  "events", "experiment_tasks", "gate_bisections", "gate_rule_states", "gate_run_experiments", "gate_runs",
  "gate_versions", "gates", "idempotency_keys", "logs", "measures", "model_alias_moves", "model_aliases",
  "model_versions", "models", "run_tasks", "runs", "schedule_runs", "schedules", "series", "series_points", "sessions",
  "sign_in_links", "task_dependencies", "task_files", "verdicts", "webhook_attempts", "webhook_deliveries", "webhooks",
  "workspace_events" IN ACCESS EXCLUSIVE MODE;

-- Of the session. Null, so that nothing is visible, until it is set.
CREATE FUNCTION "current_workspace"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('goalpost.workspace', true), '')::uuid $$;

ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_workspace" ON "workspaces" USING ("id" = current_workspace());

DO $$
DECLARE "table" text;
BEGIN
  FOREACH "table" IN ARRAY ARRAY[
    'api_keys', 'artifacts', 'audit_events', 'experiments', 'gate_runs', 'gates', 'idempotency_keys', 'model_versions',
    'models', 'runs', 'schedules', 'task_files', 'tasks', 'verdicts', 'webhooks', 'workspace_events'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "table");
    EXECUTE format('CREATE POLICY "own_workspace" ON %I USING ("workspace_id" = current_workspace())', "table");
  END LOOP;
END $$;

-- Rows without a workspace belong to the row that they point to: they are visible if that one is. Adding one needs no
-- check, as it reads nothing; a submission adds tens of thousands.
DO $$
DECLARE "child" text[];
BEGIN
  FOREACH "child" SLICE 1 IN ARRAY ARRAY[
    ['attempts', 'task_id', 'tasks', 'id'],
    ['checkpoints', 'task_id', 'tasks', 'id'],
    ['events', 'experiment_id', 'experiments', 'id'],
    ['experiment_tasks', 'experiment_id', 'experiments', 'id'],
    ['gate_bisections', 'gate_id', 'gates', 'id'],
    ['gate_rule_states', 'gate_id', 'gates', 'id'],
    ['gate_run_experiments', 'run_id', 'gate_runs', 'id'],
    ['gate_versions', 'gate_id', 'gates', 'id'],
    ['logs', 'task_id', 'tasks', 'id'],
    ['measures', 'task_id', 'tasks', 'id'],
    ['model_alias_moves', 'model_id', 'models', 'id'],
    ['model_aliases', 'model_id', 'models', 'id'],
    ['run_tasks', 'run_id', 'runs', 'id'],
    ['schedule_runs', 'schedule_id', 'schedules', 'id'],
    ['series', 'task_id', 'tasks', 'id'],
    ['series_points', 'series_id', 'series', 'id'],
    ['sessions', 'key_id', 'api_keys', 'id'],
    ['sign_in_links', 'key_id', 'api_keys', 'id'],
    ['task_dependencies', 'task_id', 'tasks', 'id'],
    ['webhook_attempts', 'delivery_id', 'webhook_deliveries', 'id'],
    ['webhook_deliveries', 'webhook_id', 'webhooks', 'id']
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "child"[1]);
    EXECUTE format(
      'CREATE POLICY "own_workspace" ON %1$I USING (EXISTS (SELECT FROM %3$I p WHERE p.%4$I = %1$I.%2$I)) WITH CHECK (true)',
      "child"[1], "child"[2], "child"[3], "child"[4]);
  END LOOP;
END $$;
