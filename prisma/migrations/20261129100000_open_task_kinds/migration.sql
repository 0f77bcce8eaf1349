-- Protocols name their own kinds of tasks.

ALTER TABLE "tasks" DROP CONSTRAINT "tasks_kind_check";
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_kind_check"
  CHECK ("kind" ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length("kind") <= 40);
