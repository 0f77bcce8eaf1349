-- Numbered from the highest one: a sequence of its own would begin anew after a backup was restored.
DROP SEQUENCE "turns_served_seq";
CREATE INDEX "turns_served_idx" ON "turns" ("served");
