import type { CatalogEntry, ProtocolView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { renderTable } from '../terminal/table.ts'
import { capitalise, plain, wrap } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

/** The protocols and their catalogs; with a name, one entry in full. */
export async function catalog({ context, global, args: [name] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const [{ items: protocols }, { items: entries }] = await Promise.all([api.protocols(), api.catalog()])
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

type Choice = { readonly protocols: readonly ProtocolView[]; readonly entries: readonly CatalogEntry[] }

function choose(protocols: readonly ProtocolView[], entries: readonly CatalogEntry[], name: string): Choice {
  const choice = {
    protocols: protocols.filter((protocol) => protocol.name === name),
    entries: entries.filter((entry) => entry.name === name),
  }
  if (choice.protocols.length + choice.entries.length > 0) return choice
  const hint = suggestName(
    name,
    [...protocols, ...entries].map((known) => known.name),
  )
  throw new GoalpostError('not-found', `The catalog has no ${JSON.stringify(name)}. ${hint ?? ''}`.trim())
}

function describeProtocol(
  { terminal }: Context,
  protocol: ProtocolView,
  { entries, detailed }: { entries: readonly CatalogEntry[]; detailed: boolean },
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
  const tools = renderTable(terminal, {
    columns: [{ title: 'command' }, { title: 'what it does' }],
    rows: protocol.tools.map((tool) => [
      { text: plain(`goalpost ${tool.group} ${tool.name}`) },
      { text: plain(tool.summary) },
    ]),
  })
  return [
    `${colours.bold(plain(protocol.name))} ${colours.dim(protocol.version)}  ${plain(protocol.title)}`,
    ...wrap(plain(protocol.description), columns),
    ...(own.length > 0 ? ['', ...offers] : []),
    ...(protocol.tools.length > 0 ? ['', ...tools] : []),
    ...(detailed && protocol.verdicts.length > 0 ? ['', ...verdicts] : []),
    ...(detailed ? ['', colours.dim('The JSON Schema of its options:  --json')] : []),
  ]
}

/** The parts of a parameter's JSON Schema that fit into a table. */
const parameter = z.object({
  default: z.json().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  description: z.string().default(''),
})
type Parameter = z.infer<typeof parameter>
const parameters = z.object({ properties: z.record(z.string(), z.unknown()).default({}) })

function describeParameters({ terminal }: Context, entry: CatalogEntry): string[] {
  const rows = namedParameters(entry.parametersSchema).map(([name, schema]) => [
    { text: plain(name) },
    { text: schema.default === undefined ? '' : plain(JSON.stringify(schema.default)) },
    { text: plain(rangeOf(schema)) },
    { text: plain(schema.description) },
  ])
  if (rows.length === 0) return []
  const columns = ['Parameter', 'default', 'range', ''].map((title) => ({ title }))
  return ['', ...renderTable(terminal, { columns, rows })]
}

/** Fields of an object, such as the roles of `agents`, are listed by path: `agents.leader`. */
function namedParameters(schema: unknown): (readonly [name: string, schema: Parameter])[] {
  const { properties } = parameters.catch({ properties: {} }).parse(schema)
  return Object.entries(properties).flatMap(([name, each]) => {
    const inner = namedParameters(each).map(([within, one]) => [`${name}.${within}`, one] as const)
    return inner.length > 0 ? inner : [[name, parameter.parse(each)] as const]
  })
}

function rangeOf(schema: Parameter): string {
  const { minimum, exclusiveMinimum, maximum } = schema
  const choices = schema.const === undefined ? schema.enum : [schema.const]
  if (choices !== undefined)
    return choices.map((choice) => (typeof choice === 'string' ? choice : JSON.stringify(choice))).join(', ')
  const low = minimum ?? exclusiveMinimum
  if (low === undefined) return maximum === undefined ? '' : `at most ${maximum}`
  const from = minimum === undefined ? `above ${low}` : `${low}`
  return maximum === undefined ? `from ${from}` : `${from} to ${maximum}`
}

function describeEntry(context: Context, entry: CatalogEntry): string[] {
  const { terminal } = context
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
    ...describeParameters(context, entry),
    ...facts,
  ]
}
