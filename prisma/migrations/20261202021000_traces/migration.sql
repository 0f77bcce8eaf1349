-- The trace of the request that submitted an experiment (W3C trace context): its tasks continue it.
ALTER TABLE "experiments" ADD COLUMN "trace" text CHECK ("trace" ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
