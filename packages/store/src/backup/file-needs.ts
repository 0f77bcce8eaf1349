import { toGoalpostError } from '../database/errors.ts'
import { createPatientClient } from '../database/patient-client.ts'
import { prepareSession } from '../database/session.ts'

export type ExperimentOfFile = { readonly id: string; readonly name: string; readonly state: string }

export type FileNeeds = {
  /** Of all files that a workspace owns, sorted. */
  hashes(): Promise<string[]>
  /** Those that have a task with one of these files, in the order in which they were made. */
  experimentsWith(hashes: readonly string[]): Promise<ExperimentOfFile[]>
}

/**
 * Which files the rows of a database name.
 * @throws GoalpostError `unavailable` if the database cannot be reached
 */
export async function withFileNeeds<T>(url: string, use: (needs: FileNeeds) => Promise<T>): Promise<T> {
  const client = createPatientClient(url)
  try {
    await client.connect()
    await prepareSession(client)
    return await use({
      async hashes() {
        const { rows } = await client.query<{ hash: string }>('SELECT DISTINCT hash FROM artifacts ORDER BY hash')
        return rows.map(({ hash }) => hash)
      },
      async experimentsWith(hashes) {
        const { rows } = await client.query<ExperimentOfFile>(
          `SELECT id, name, state FROM experiments WHERE id IN (
            SELECT l.experiment_id FROM task_files f JOIN experiment_tasks l USING (task_id) WHERE f.hash = ANY($1))
           ORDER BY id`,
          [hashes],
        )
        return rows
      },
    })
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
