-- Browsers sign in with an API key, or with a link that works once; a session has the rights of its key.

CREATE TABLE "sessions" (
  -- SHA-256 of the cookie's secret, lower-case hex
  "secret_hash" text PRIMARY KEY,
  "key_id" uuid NOT NULL REFERENCES "api_keys" ("id"),
  "created_at" timestamptz(3) NOT NULL,
  "expires_at" timestamptz(3) NOT NULL,
  "revoked_at" timestamptz(3)
);

CREATE INDEX "sessions_expires_idx" ON "sessions" ("expires_at");

CREATE TABLE "sign_in_links" (
  -- SHA-256 of the token, lower-case hex
  "token_hash" text PRIMARY KEY,
  "key_id" uuid NOT NULL REFERENCES "api_keys" ("id"),
  "expires_at" timestamptz(3) NOT NULL
);
