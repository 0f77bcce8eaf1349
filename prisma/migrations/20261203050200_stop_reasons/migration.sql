-- Searches that ended early have the reason in their spec as it was run. By itself, as it reads every experiment: it locks no more than the rows that it changes.
UPDATE "experiments" SET "stop_reason" = "resolved" -> 'search' ->> 'stopped' WHERE "resolved" -> 'search' ? 'stopped';
