-- What people and programs say about an experiment.
ALTER TABLE "experiments"
  ADD COLUMN "note" text,
  -- The name of the key that submitted it; null for the service itself, and for experiments of earlier versions.
  ADD COLUMN "created_by" text,
  -- The name that another program has for it.
  ADD COLUMN "external_id" text,
  ADD CONSTRAINT "experiments_workspace_id_external_id_key" UNIQUE ("workspace_id", "external_id");
