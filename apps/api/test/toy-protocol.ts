import type { JsonObject, Report, RequestedResources } from '@goalpost/contracts'
import { explainZodError } from '@goalpost/validation'
import type { ConditionEvidence, PlannedTask, Protocol, ProtocolTool } from '@goalpost/experiments'
import { defineProtocol, defineTask } from '@goalpost/protocol-kit'
import { z } from 'zod'
import type { ChosenEngine } from '@goalpost/submission'

/**
 * A protocol of a few lines, for tests of everything above protocols. Also loaded by compute threads: keep it
 * importable.
 */
const options = z.strictObject({
  /** The score of a run. */
  skill: z.number().min(0).max(1).default(0.5),
  steps: z.number().int().min(1).max(1_000_000).default(100),
  net: z.strictObject({ hidden: z.array(z.number().int().min(1)).default([8]) }).prefault({}),
  /** An uploaded file that the training reads. */
  file: z.string().optional(),
  /** Steps after which it is also evaluated. */
  evaluateAt: z.array(z.number().int().min(0)).optional(),
  /** Whether the training depends on the operator's salt. */
  salted: z.boolean().default(false),
  /** How long advice keeps its thread busy. */
  adviceMs: z.number().int().min(0).max(60_000).default(0),
})
type Options = z.infer<typeof options> & { readonly saltHash?: string }

const versions = () => ({ toy: '1' })
const train = defineTask({
  name: 'train',
  inputs: options.pick({ skill: true, steps: true, net: true, file: true }).extend({ saltHash: z.string().optional() }),
  versions,
})
const evaluate = defineTask({ name: 'evaluate', inputs: options.pick({ skill: true }), versions })

function createToy(name: string): Protocol {
  return defineProtocol<z.infer<typeof options>, Options>({
    name,
    version: '1.0.0',
    title: 'Toy',
    description: 'Scores what it is told to score',
    verdicts: [{ name: 'fine', meaning: 'It is' }],
    options,
    complete(given, { saltHash }) {
      if (!given.salted) return { options: given }
      if (saltHash === null) return { issues: [{ pointer: '/salted', message: 'needs a salt' }] }
      return { options: { ...given, saltHash } }
    },
    subject: {
      path: ['file'],
      measures: [{ name: 'score', title: 'score', direction: 'higher-is-better', margin: 0.1 }],
      resize: (given) => given,
      measure: () => ({ missing: 'toys have no units' }),
      coverage: ({ skill }) => ({
        known: ['upstairs', 'outdoors'].map((name) => ({ name, title: `Played ${name}` })),
        tests: [
          {
            shift: 'outdoors',
            title: 'Played outdoors',
            set: { name: 'yard', units: 64, seed: 3 },
            key: `yard ${JSON.stringify(skill)}`,
          },
        ],
      }),
    },
    search: {
      measures: [{ name: 'score', title: 'score', line: 0.5 }],
      read: ({ runs }) =>
        runs.flatMap(({ seed, tasks }) => {
          const result = tasks.find(({ kind }) => kind === 'train')?.result
          const value = result?.measures.find((measure) => measure.name === 'score')?.value
          return value === undefined ? [] : [{ seed, value }]
        }),
    },
    league: {
      score: 'score',
      numbers: [],
      costs: ({ options: { steps } }) => [{ title: 'steps', value: Number(steps) }],
      place: ({ net, skill }) => ({ task: 'toy', method: JSON.stringify(net), over: 'skill', value: Number(skill) }),
    },
    marks: ({ skill }) => (skill === 1 ? ['control'] : []),
    plan,
    advise,
    tested: ({ conditions }) =>
      conditions.map((each) => ({ condition: each.name, name: 'toys', hash: 'ab'.repeat(32) })),
    report: ({ experiment, conditions }) => describe(`Report on ${experiment}`, conditions),
    compare: (arms) =>
      describe(
        'Comparison',
        arms.map(({ condition }) => condition),
      ),
    catalog: () => [
      {
        protocol: name,
        kind: 'thing',
        name: 'ball',
        version: '1',
        title: 'Ball',
        description: 'Round',
        parametersSchema: {},
        facts: {},
        picture: ['o'],
      },
    ],
    tools: [echo, whisper],
  })
}

const echoArguments = z.strictObject({
  text: z.string().min(1),
  /** Id of an experiment whose conditions are also named. */
  of: z.string().optional(),
  busyMs: z.number().int().min(0).max(60_000).default(0),
  fail: z.boolean().default(false),
})

/** Echoes a text or the content of a file. */
const echo: ProtocolTool = {
  group: 'words',
  name: 'echo',
  summary: 'say it again',
  description: 'Says what it is told',
  operands: ['text'],
  argumentsSchema: () => z.toJSONSchema(echoArguments, { io: 'input' }) as JsonObject,
  resolve(given) {
    const parsed = echoArguments.safeParse(given)
    if (!parsed.success) return { ok: false, issues: explainZodError(parsed.error, echoArguments, given) }
    const { text, of } = parsed.data
    return {
      ok: true,
      ...(of === undefined ? {} : { experiment: { id: of, pointer: '/of' } }),
      arguments: parsed.data,
      files: /^[0-9a-f]{64}$/.test(text) ? [{ hash: text, pointer: '/text' }] : [],
    }
  },
  choose(_, { conditions }) {
    const chosen = { conditions: conditions.map(({ name, runs }) => `${name} × ${runs.length}`) }
    return { ok: true, chosen, files: [] }
  },
  run(resolved, files, { chosen } = {}) {
    const { text, busyMs, fail } = echoArguments.parse(resolved)
    const until = performance.now() + busyMs
    while (performance.now() < until);
    if (fail) return { ok: false, issues: [{ pointer: '/fail', message: 'is true', remedy: 'Leave it out' }] }
    const bytes = files.get(text)
    const said = bytes === undefined ? text : new TextDecoder().decode(bytes)
    return {
      ok: true,
      report: { title: 'Echo', summary: said, parts: [] },
      data: { said, ...chosen },
      files: [{ name: 'said.txt', mediaType: 'text/plain', text: said }],
    }
  },
}

/** Shows whether it was given a salt. */
const whisper: ProtocolTool = {
  ...echo,
  name: 'whisper',
  forOperators: true,
  run(resolved, _files, { salt } = {}) {
    const { fail, busyMs } = echoArguments.parse(resolved)
    if (fail) throw new Error('It broke in the middle of the work')
    const until = performance.now() + busyMs
    while (performance.now() < until);
    const said = salt === undefined ? 'nothing' : `${salt.length} characters`
    return { ok: true, report: { title: 'Whisper', summary: said, parts: [] }, data: { said }, files: [] }
  },
}

function plan({ skill, steps, net, file, saltHash, evaluateAt = [] }: Options, seed: number): readonly PlannedTask[] {
  const inputs = {
    skill,
    steps,
    net,
    ...(file === undefined ? {} : { file }),
    ...(saltHash === undefined ? {} : { saltHash }),
  }
  const files = file === undefined ? {} : { files: [file] }
  const evaluateAfter = (key: string) => {
    const needs = [{ key: 'train', when: { on: 'succeeded' } }] as const
    return evaluate.plan({ skill }, { key, seed, needs, work: { unit: 'episodes', amount: 10 }, rank: 0 })
  }
  return [
    train.plan(inputs, { key: 'train', seed, needs: [], ...files, work: { unit: 'steps', amount: steps }, rank: 1 }),
    evaluateAfter('evaluate'),
    ...evaluateAt.map((step) => evaluateAfter(`evaluate@${step}`)),
  ]
}

function advise({ skill, adviceMs }: Options): readonly string[] {
  const until = performance.now() + adviceMs
  while (performance.now() < until);
  return skill > 0.9 ? ['too good to be true'] : []
}

function describe(title: string, conditions: readonly ConditionEvidence[]): Report {
  const rows = conditions.map(({ name, runs }) => {
    const done = runs.flatMap(({ tasks }) => tasks).filter(({ result }) => result !== null).length
    return { cells: [{ text: name }, { text: `${done} done` }], emphasis: false }
  })
  const columns = [{ title: 'Condition' }, { title: 'Tasks' }]
  return {
    title,
    summary: `${rows.length} conditions`,
    parts: [{ type: 'table', title: 'Tasks', columns, rows, notes: [] }],
  }
}

export const protocols: ReadonlyMap<string, Protocol> = new Map(
  ['toy', 'toy-too'].map((name) => [name, createToy(name)]),
)

export function engineFor({ engine, threads, device = 'cpu' }: RequestedResources): ChosenEngine {
  return { name: engine === 'auto' ? 'toy:engine' : engine, build: '1', threads, device }
}
