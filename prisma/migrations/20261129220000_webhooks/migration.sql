-- Subscribers of a workspace's events, over HTTP.

CREATE TABLE "webhooks" (
  "id" uuid NOT NULL PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  "name" text NOT NULL,
  "url" text NOT NULL,
  -- Types, groups of types (`experiment.*`), or `*`.
  "events" text[] NOT NULL,
  "format" text NOT NULL CHECK ("format" IN ('standard', 'slack')),
  -- In the clear, as requests are signed with them.
  "secret" text NOT NULL,
  "previous_secret" text,
  "previous_until" timestamptz(3),
  "state" text NOT NULL CHECK ("state" IN ('active', 'disabled')),
  "disabled_reason" text,
  "last_success_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  CONSTRAINT "webhooks_workspace_id_name_key" UNIQUE ("workspace_id", "name"),
  CHECK (("state" = 'disabled') = ("disabled_reason" IS NOT NULL)),
  CHECK (("previous_secret" IS NULL) = ("previous_until" IS NULL))
);

-- One row for each webhook and event, added in the transaction of the event.
CREATE TABLE "webhook_deliveries" (
  "id" uuid NOT NULL PRIMARY KEY,
  "webhook_id" uuid NOT NULL REFERENCES "webhooks" ("id"),
  -- Null: a test.
  "event_id" bigint REFERENCES "workspace_events" ("id"),
  "state" text NOT NULL CHECK ("state" IN ('pending', 'delivered', 'failed', 'dropped')),
  -- Attempts in all: fences their outcomes.
  "attempts" integer NOT NULL CHECK ("attempts" >= 0),
  -- Attempts before the latest repetition by hand, which begins a new series.
  "earlier_attempts" integer NOT NULL CHECK ("earlier_attempts" >= 0),
  -- When the series began.
  "since" timestamptz(3) NOT NULL,
  -- While an attempt is under way, the end of its lease.
  "next_attempt_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL,
  CONSTRAINT "webhook_deliveries_webhook_id_event_id_key" UNIQUE ("webhook_id", "event_id"),
  CHECK (("state" = 'pending') = ("next_attempt_at" IS NOT NULL))
);

-- Every idle worker asks now and then what is due.
CREATE INDEX "webhook_deliveries_next_attempt_at_idx" ON "webhook_deliveries" ("next_attempt_at")
  WHERE "next_attempt_at" IS NOT NULL;
-- What is due of one webhook.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" ("webhook_id", "next_attempt_at")
  WHERE "next_attempt_at" IS NOT NULL;
-- The log of one webhook, newest first.
CREATE INDEX "webhook_deliveries_webhook_id_idx" ON "webhook_deliveries" ("webhook_id", "id" DESC);

CREATE TABLE "webhook_attempts" (
  "delivery_id" uuid NOT NULL REFERENCES "webhook_deliveries" ("id"),
  "number" integer NOT NULL CHECK ("number" > 0),
  "at" timestamptz(3) NOT NULL,
  "duration_ms" integer NOT NULL,
  "status" integer,
  "error" text,
  CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("delivery_id", "number")
);
