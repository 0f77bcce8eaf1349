import { randomUUID } from 'node:crypto'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { shortId } from '../service/resolve-id.ts'
import { overrideSpec, type Overrides } from '../spec-file/override-spec.ts'
import { readSpec } from '../spec-file/read-spec.ts'
import { previewSpec, submitSpec } from '../spec-file/submit-spec.ts'
import type { Invocation, Outcome } from './command.ts'
import { confirmSize, notSubmitted, type Confirmation } from './confirm-size.ts'
import { noticeLines, summaryLine } from './describe-experiment.ts'
import { describePreview } from './describe-preview.ts'

export type SubmitOptions = Overrides & Confirmation & { readonly idempotencyKey?: string }

export async function submit({
  context,
  global,
  args: [path = ''],
  options,
}: Invocation<SubmitOptions>): Promise<Outcome> {
  const given = await readSpec(path)
  const file = overrideSpec(given, options)
  return withService(context, global, {
    need: 'read',
    async use({ api, temporary }) {
      if (!(await confirmSize({ context, global, api, given, file, options }))) return notSubmitted
      const view = await submitSpec(api, file, options.idempotencyKey ?? randomUUID())
      if (global.json) return printJson(context, view)
      context.print(summaryLine(context, view))
      if (!temporary) printLines(context, noticeLines(context, view))
      const next = temporary ? 'up' : `watch ${shortId(view.id)}`
      const why = temporary ? 'No service is running. Start one:  ' : ''
      context.print(`${why}${context.terminal.colours.cyan(`npx goalpost ${next}`)}`)
    },
  })
}

/** Shows what a spec would run; nothing is stored. */
export async function preview({
  context,
  global,
  args: [path = ''],
  options,
}: Invocation<Overrides>): Promise<Outcome> {
  const file = overrideSpec(await readSpec(path), options)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await previewSpec(api, file)
      if (global.json) printJson(context, view)
      else printLines(context, describePreview(context, view))
    },
  })
}
