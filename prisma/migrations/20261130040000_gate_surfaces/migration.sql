-- Experiments of one version of a model.
CREATE INDEX "experiments_subject_idx" ON "experiments"
  ("workspace_id", ("resolved" #>> '{subject,model}'), ("resolved" #>> '{subject,version}'), "id" DESC)
  WHERE "resolved" #>> '{subject,model}' IS NOT NULL;

-- Deleted gates keep their name and their runs.
ALTER TABLE "gates" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
