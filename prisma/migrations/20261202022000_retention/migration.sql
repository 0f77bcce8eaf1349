-- For how many days after the end of its experiments a workspace keeps what no result, resume or gate needs. Null: for ever.
ALTER TABLE "workspaces"
  ADD COLUMN "keep_points_days" integer CHECK ("keep_points_days" >= 1),
  ADD COLUMN "keep_logs_days" integer CHECK ("keep_logs_days" >= 1),
  ADD COLUMN "keep_events_days" integer CHECK ("keep_events_days" >= 1),
  ADD COLUMN "keep_checkpoints_days" integer CHECK ("keep_checkpoints_days" >= 1);
