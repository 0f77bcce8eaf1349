-- Links that give whoever opens one a key of the workspace, once.
CREATE TABLE "invitations" (
  "id" uuid PRIMARY KEY,
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  -- SHA-256 of the token, lower-case hex.
  "token_hash" text NOT NULL,
  -- Whom it is for; the key gets this name.
  "name" text NOT NULL,
  "scope" text NOT NULL CHECK ("scope" IN ('read', 'submit', 'manage', 'admin')),
  "created_at" timestamptz(3) NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "accepted_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  CONSTRAINT "invitations_token_hash_key" UNIQUE ("token_hash")
);
-- Lists, newest first.
CREATE INDEX "invitations_workspace_idx" ON "invitations" ("workspace_id", "id");

-- People who sign in with an account elsewhere. Their rights are those of a key of which nobody has the secret.
CREATE TABLE "members" (
  "key_id" uuid PRIMARY KEY REFERENCES "api_keys" ("id"),
  "workspace_id" uuid NOT NULL REFERENCES "workspaces" ("id"),
  -- In lower case.
  "email" text NOT NULL,
  -- The account that this address belonged to at the first sign-in; null before.
  "issuer" text,
  "subject" text,
  "signed_in_at" timestamptz(3),
  "removed_at" timestamptz(3),
  CONSTRAINT "members_account_complete" CHECK (num_nonnulls("issuer", "subject") <> 1)
);
CREATE UNIQUE INDEX "members_email_key" ON "members" ("workspace_id", "email") WHERE "removed_at" IS NULL;
-- Sign-in, where only the account is known.
CREATE INDEX "members_account_idx" ON "members" ("issuer", "subject") WHERE "removed_at" IS NULL;
CREATE INDEX "members_unbound_idx" ON "members" ("email") WHERE "removed_at" IS NULL AND "subject" IS NULL;

ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_workspace" ON "invitations" USING ("workspace_id" = current_workspace());
ALTER TABLE "members" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_workspace" ON "members" USING ("workspace_id" = current_workspace());
