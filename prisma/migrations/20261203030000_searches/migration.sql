-- Searches add rounds to their experiments until they end.
ALTER TABLE "experiments" ADD COLUMN "searching" BOOLEAN NOT NULL DEFAULT false;

-- Control loops look for searches whose round has ended.
CREATE INDEX "experiments_searching_idx" ON "experiments" ("id") WHERE "searching";
