-- The judgements of ended runs, one row per rule: finds the onset of a violation by an index, however many versions there are.
CREATE TABLE "gate_rule_states" (
  "run_id" uuid NOT NULL REFERENCES "gate_runs" ("id"),
  "rule" text NOT NULL,
  -- Copied from the run.
  "gate_id" uuid NOT NULL REFERENCES "gates" ("id"),
  "gate_version" integer NOT NULL,
  "version" integer NOT NULL,
  "state" text NOT NULL CHECK ("state" IN ('holds', 'violated', 'open')),
  PRIMARY KEY ("run_id", "rule")
);

CREATE INDEX "gate_rule_states_onset_idx" ON "gate_rule_states" ("gate_id", "rule", "state", "version");

INSERT INTO "gate_rule_states" ("run_id", "rule", "gate_id", "gate_version", "version", "state")
SELECT r."id", j."rule", r."gate_id", r."gate_version", r."version", j."state"
FROM "gate_runs" r, jsonb_to_recordset(r."judgements") AS j("rule" text, "state" text)
WHERE r."ended_at" IS NOT NULL;
