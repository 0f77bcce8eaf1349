-- Long curves in segments of 64 consecutive points: where the lowest, the highest and the first missing one are. A curve of a million
-- points is drawn from 16,000 rows instead, and no peak is lost. Points are the truth: a segment can be computed again.
CREATE TABLE "series_segments" (
  -- Cascades, as versions before this migration remove curves without knowing of segments.
  "series_id" bigint NOT NULL REFERENCES "series" ("id") ON DELETE CASCADE,
  "last_x" double precision NOT NULL,
  "first_x" double precision NOT NULL,
  -- Of the segments of its curve, from 1: the last one tells how many points are in segments.
  "number" integer NOT NULL CHECK ("number" > 0),
  -- Null if every point of the segment is missing.
  "lowest" double precision,
  "lowest_x" double precision,
  "highest" double precision,
  "highest_x" double precision,
  -- Null if none is missing.
  "missing_x" double precision,
  CONSTRAINT "series_segments_pkey" PRIMARY KEY ("series_id", "last_x")
);

-- As of all tables of a workspace: 20261202010000_workspace_walls.
ALTER TABLE "series_segments" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_workspace" ON "series_segments"
  USING (EXISTS (SELECT FROM "series" p WHERE p."id" = "series_segments"."series_id")) WITH CHECK (true);
