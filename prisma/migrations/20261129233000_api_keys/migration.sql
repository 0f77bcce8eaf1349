-- Keys that people manage: expiry, last use, operators; and a log of such changes.

ALTER TABLE "api_keys"
  ADD COLUMN "operator" boolean NOT NULL DEFAULT false,
  ADD COLUMN "expires_at" timestamptz(3),
  ADD COLUMN "last_used_at" timestamptz(3);

-- `write` is the former name of `manage`.
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_scopes_check";
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_scopes_check"
  CHECK (cardinality("scopes") > 0 AND "scopes" <@ ARRAY['read', 'submit', 'write', 'manage', 'admin']);

-- The key of GOALPOST_BOOTSTRAP_KEY could do everything.
UPDATE "api_keys" SET "operator" = true WHERE "name" = 'bootstrap';

CREATE INDEX "api_keys_workspace_idx" ON "api_keys" ("workspace_id", "id");

CREATE TABLE "audit_events" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "at" timestamptz(3) NOT NULL,
  "action" text NOT NULL,
  -- null: the service itself
  "key_id" uuid REFERENCES "api_keys" ("id"),
  "key_name" text,
  "address" text,
  "subject_type" text NOT NULL,
  "subject_id" text NOT NULL,
  "subject_name" text NOT NULL,
  "before" jsonb,
  "after" jsonb
);

CREATE INDEX "audit_events_workspace_idx" ON "audit_events" ("workspace_id", "id");
