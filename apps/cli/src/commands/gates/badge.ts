import { printJson } from '../../context.ts'
import { writeOutput } from '../../output/write-output.ts'
import { withService } from '../../service/connect.ts'
import type { Invocation, Outcome } from '../command.ts'

type BadgeOptions = { readonly out?: string }

/** Writes the outcome of the latest run as a picture. */
export async function badge({
  context,
  global,
  args: [name = ''],
  options,
}: Invocation<BadgeOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const svg = await api.gateBadge(name)
      if (global.json) return printJson(context, { name, svg })
      if (options.out === undefined) return context.print(svg)
      await writeOutput([{ name: `${name}.svg`, bytes: svg }], { out: options.out, force: true })
    },
  })
}
