import type { CatalogueEntry, ProtocolView } from '@goalpost/contracts'
import { GoalpostError, suggestName } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { renderTable } from '../terminal/table.ts'
import { capitalise, plain, wrap } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

/** The protocols and what they have on offer; with a name, one of them in full. */
export async function catalog({ context, global, args: [name] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const [{ items: protocols }, { items: entries }] = await Promise.all([api.protocols(), api.catalogue()])
      const chosen = name === undefined ? { protocols, entries } : choose(protocols, entries, name)
      if (global.json) return printJson(context, chosen)
      const detailed = name !== undefined
      printLines(context, [
        ...chosen.protocols.flatMap((protocol) => [...describeProtocol(context, protocol, { entries, detailed }), '']),
        ...(detailed ? chosen.entries.flatMap((entry) => [...describeEntry(context, entry), '']) : []),
      ])
    },
  })
}

type Choice = { readonly protocols: readonly ProtocolView[]; readonly entries: readonly CatalogueEntry[] }

function choose(protocols: readonly ProtocolView[], entries: readonly CatalogueEntry[], name: string): Choice {
  const choice = {
    protocols: protocols.filter((protocol) => protocol.name === name),
    entries: entries.filter((entry) => entry.name === name),
  }
  if (choice.protocols.length + choice.entries.length > 0) return choice
  const hint = suggestName(
    name,
    [...protocols, ...entries].map((known) => known.name),
  )
  throw new GoalpostError('not-found', `The catalogue has no ${JSON.stringify(name)}. ${hint ?? ''}`.trim())
}

function describeProtocol(
  { terminal }: Context,
  protocol: ProtocolView,
  { entries, detailed }: { entries: readonly CatalogueEntry[]; detailed: boolean },
): string[] {
  const { colours, columns } = terminal
  const own = entries.filter((entry) => entry.protocol === protocol.name)
  const offers = renderTable(terminal, {
    columns: [{ title: 'name' }, { title: 'kind' }, { title: 'what it is' }],
    rows: own.map((entry) => [{ text: plain(entry.name) }, { text: plain(entry.kind) }, { text: plain(entry.title) }]),
  })
  const verdicts = renderTable(terminal, {
    columns: [{ title: 'verdict' }, { title: 'meaning' }],
    rows: protocol.verdicts.map(({ name, meaning }) => [{ text: plain(name) }, { text: plain(meaning) }]),
  })
  return [
    `${colours.bold(plain(protocol.name))} ${colours.dim(protocol.version)}  ${plain(protocol.title)}`,
    ...wrap(plain(protocol.description), columns),
    ...(own.length > 0 ? ['', ...offers] : []),
    ...(detailed && protocol.verdicts.length > 0 ? ['', ...verdicts] : []),
    ...(detailed ? ['', colours.dim('The JSON Schema of its options:  --json')] : []),
  ]
}

function describeEntry({ terminal }: Context, entry: CatalogueEntry): string[] {
  const { colours, columns } = terminal
  const facts = Object.entries(entry.facts).flatMap(([heading, items]) => [
    '',
    ...renderTable(terminal, {
      columns: [{ title: capitalise(plain(heading)) }, { title: '' }],
      rows: items.map(({ name, description }) => [{ text: plain(name) }, { text: plain(description) }]),
    }),
  ])
  return [
    `${colours.bold(plain(entry.name))} ${colours.dim(entry.version)}  ${plain(entry.title)}`,
    ...wrap(plain(entry.description), columns),
    ...(entry.picture.length > 0 ? ['', ...entry.picture.map((line) => `  ${plain(line)}`)] : []),
    ...facts,
  ]
}
