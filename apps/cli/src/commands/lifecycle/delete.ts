import { GoalpostError, type DeletionPreview } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { formatBytes } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { resolveAll } from './act-on-all.ts'

/** With one experiment that cannot be deleted, none is. */
export async function remove({
  context,
  global,
  args,
  options: { yes = false },
}: Invocation<{ readonly yes?: boolean }>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const previews: DeletionPreview[] = []
      for (const id of await resolveAll(api, args)) previews.push(await api.previewDeletion(id))
      if (yes) requireDeletable(previews)
      if (yes) for (const { experimentId } of previews) await api.deleteExperiment(experimentId)
      if (global.json) return printJson(context, { deleted: yes, experiments: previews })
      showPreviews(context, previews)
      context.print(yes ? 'Deleted. The files are removed after a grace period' : 'Nothing was changed: add --yes')
    },
  })
}

function requireDeletable(previews: readonly DeletionPreview[]): void {
  const refused = previews.find(({ refusal }) => refusal !== null)
  if (refused === undefined) return
  throw new GoalpostError('state-conflict', `${refused.name} (${shortId(refused.experimentId)}): ${refused.refusal}`)
}

function showPreviews(context: Context, previews: readonly DeletionPreview[]): void {
  const columns = [
    { title: 'id', whole: true },
    { title: 'name' },
    ...['runs', 'tasks', 'kept tasks', 'files', 'bytes'].map((title) => ({ title, align: 'right' as const })),
  ]
  const rows = previews.map(({ experimentId, name, runs, tasks, keptTasks, frees }) =>
    [
      shortId(experimentId),
      plain(name),
      `${runs}`,
      `${tasks}`,
      `${keptTasks}`,
      `${frees.files}`,
      formatBytes(frees.bytes),
    ].map((text) => ({ text })),
  )
  printLines(context, renderTable(context.terminal, { columns, rows }))
  for (const { name, refusal } of previews) if (refusal !== null) context.note(`${plain(name)}: ${refusal}`)
}
