-- As of all tables of a workspace: 20261202010000_workspace_walls.
ALTER TABLE "saved_filters" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own_workspace" ON "saved_filters" USING ("workspace_id" = current_workspace());
