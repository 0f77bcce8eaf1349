-- Filters of the list of experiments that a workspace has given a name.
CREATE TABLE "saved_filters" (
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  "filter" jsonb NOT NULL,
  "created_by" text,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "saved_filters_pkey" PRIMARY KEY ("workspace_id", "name")
);
