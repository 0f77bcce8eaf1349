-- Limits of workspaces, which operators set. Null: no limit.
ALTER TABLE "workspaces"
  -- Tasks that are queued or running at a time.
  ADD COLUMN "most_cpu_tasks" integer CHECK ("most_cpu_tasks" >= 0),
  ADD COLUMN "most_gpu_tasks" integer CHECK ("most_gpu_tasks" >= 0),
  ADD COLUMN "most_unfinished_runs" integer CHECK ("most_unfinished_runs" >= 0),
  ADD COLUMN "most_storage_bytes" bigint CHECK ("most_storage_bytes" >= 0),
  -- Its share of the slots, compared with other workspaces.
  ADD COLUMN "weight" integer NOT NULL DEFAULT 1 CHECK ("weight" BETWEEN 1 AND 100);
