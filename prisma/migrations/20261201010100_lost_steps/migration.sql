-- The latest step at which a training lost its own checkpoint: a checkpoint up to there is no progress.
ALTER TABLE "tasks" ADD COLUMN "lost_step" bigint;
