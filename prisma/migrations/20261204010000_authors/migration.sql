-- The name of the key that made it; null for the service itself, and for what earlier versions made.
ALTER TABLE "models" ADD COLUMN "created_by" TEXT;
ALTER TABLE "model_versions" ADD COLUMN "created_by" TEXT;
ALTER TABLE "model_alias_moves" ADD COLUMN "created_by" TEXT;
ALTER TABLE "gates" ADD COLUMN "created_by" TEXT, ADD COLUMN "updated_by" TEXT;
ALTER TABLE "gate_runs" ADD COLUMN "created_by" TEXT;
ALTER TABLE "gate_bisections" ADD COLUMN "created_by" TEXT;
ALTER TABLE "schedules" ADD COLUMN "created_by" TEXT;
