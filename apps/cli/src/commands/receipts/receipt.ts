import { printJson, printLines } from '../../context.ts'
import { standardOutput, writeOutput } from '../../output/write-output.ts'
import { withService } from '../../service/connect.ts'
import { resolveExperiment, shortId } from '../../service/resolve-id.ts'
import type { Invocation, Outcome } from '../command.ts'

export type ReceiptOptions = { readonly out?: string; readonly force?: boolean }

export async function receipt({
  context,
  global,
  args: [reference = ''],
  options: { out, force = false },
}: Invocation<ReceiptOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const id = await resolveExperiment(api, reference)
      const bytes = `${JSON.stringify(await api.receipt(id), null, 2)}\n`
      const files = await writeOutput([{ name: `receipt-${shortId(id)}.json`, bytes }], { out, force })
      if (out !== standardOutput) for (const file of files) context.print(file)
    },
  })
}

/** The key on standard output, so that it can be written to a file. */
export async function key({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { keyid, publicKey } = await api.receiptKey()
      if (global.json) return printJson(context, { keyid, publicKey })
      context.note(`The id of this key is ${keyid}`)
      printLines(context, publicKey.trimEnd().split('\n'))
    },
  })
}
