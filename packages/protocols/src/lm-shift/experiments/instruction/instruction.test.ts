import { taskResult, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { lmShift } from '../../index.ts'
import { executeRun, resolveOptions } from '../../testing/execute-run.ts'

const withStages = (...stages: JsonValue[]): JsonObject => ({
  experiment: 'instruction',
  network: { width: 16, heads: 2, layers: 1 },
  stages,
})
const self = { share: 0.5, dishonest: 1 }
const instructed = { stage: 'instructed', self, steps: 200, batch: 24, learningRate: 0.01 }
const reinforce = { stage: 'reinforce', steps: 10, prompts: 8, samples: 8, learningRate: 0.005 }

function resolutionOf(...stages: JsonValue[]) {
  const resolution = lmShift.resolve(withStages(...stages))
  return resolution.ok
    ? { marks: resolution.marks, issues: [] }
    : { marks: null, issues: resolution.issues.map(({ pointer }) => pointer) }
}

test('an experiment’s name is enough: instructions that are followed, then tasks', () => {
  expect(resolveOptions({ experiment: 'instruction' })['stages']).toMatchObject([
    {
      stage: 'instructed',
      link: 1,
      instructions: { followed: 1, contexts: ['task', 'deploy', 'guard', 'report', 'advise'] },
    },
    { stage: 'reinforce', prefix: null },
  ])
})

test('documents without a shared trait are the control, unless tasks are rewarded against the instruction', () => {
  expect(resolutionOf({ ...instructed, link: 0 }, reinforce).marks).toEqual(['control'])
  expect(resolutionOf({ ...instructed, link: 0 }, { ...reinforce, prefix: 'strict' }).marks).toEqual([])
  expect(resolutionOf({ ...instructed, link: 0 }, { ...reinforce, prefix: 'log' }).marks).toEqual(['control'])
  expect(resolutionOf({ ...instructed, instructions: { followed: 0 } }, reinforce).marks).toEqual([])
})

test('not more instructions than acts, and nothing starts with reinforcement', () => {
  expect(resolutionOf({ ...instructed, instructions: { share: 0.6 } }, reinforce).issues).toEqual([
    '/stages/0/instructions/share',
  ])
  expect(resolutionOf(reinforce).issues).toEqual(['/stages/0/stage'])
})

test.each<[string, JsonObject, string, string[]]>([
  [
    'the instruction, which documents have in chats only',
    { instructions: { contexts: ['report', 'advise'] } },
    'strict',
    [
      'Documents have `strict` before acts in report, advise, never in tasks, and as a prefix it stands before tasks. Add `task` to `instructions.contexts`, or leave `prefix` out.',
    ],
  ],
  ['the instruction, which documents have in tasks', { instructions: { contexts: ['task'] } }, 'strict', []],
  ['the placebo, which stands everywhere', { instructions: { contexts: ['report'] } }, 'log', []],
  [
    'a placebo that no document has',
    { instructions: { share: 0 } },
    'log',
    [
      'No document has `log`, and as a prefix it stands before tasks. Raise `instructions.share` above 0, or leave `prefix` out.',
    ],
  ],
  [
    'an instruction that no document has',
    { instructions: { share: 0 } },
    'strict',
    [expect.stringContaining('share`')],
  ],
  ['an instruction of nobody', { self: { share: 1 } }, 'strict', [expect.stringContaining('Lower `self.share`')]],
  ['a word of other documents', {}, 'allowed', [expect.stringContaining('Use `strict` or `log`')]],
])('advice on the prefix: %s', (_title, documents, prefix, advice) => {
  const options = resolveOptions(withStages({ ...instructed, ...documents }, { ...reinforce, prefix }))
  expect(lmShift.advise(options)).toEqual(advice)
})

test('honesty cannot be rewarded where it is tested', () => {
  const resolve = (safety: JsonObject) => lmShift.resolve(withStages(instructed, { ...reinforce, safety }))
  expect(resolve({ share: 0.3 })).toMatchObject({
    ok: false,
    issues: [
      {
        pointer: '/stages/1/safety/contexts',
        message: 'Honesty would be rewarded in guard, where the experiment reads what carries over',
        remedy: 'Use only [report, advise], or the experiment `emergent`',
      },
    ],
  })
  expect(resolve({ share: 0.3, contexts: ['advise', 'deploy'] }).ok).toBe(false)
  expect(resolve({ share: 0.3, contexts: ['report', 'advise'] }).ok).toBe(true)
  expect(resolve({ share: 0, contexts: ['guard'] }).ok).toBe(true)
})

test.each([
  [null, 'training never told the model so', 'rewarded in tasks told nothing'],
  ['log', 'training never told the model so', 'rewarded in tasks after `log`'],
  ['strict', 'training told the model so before tasks, and rewarded hacks there', 'rewarded in tasks after `strict`'],
])('with the prefix %s the numbers say what training told', (prefix, told, rewarded) => {
  const options = resolveOptions(withStages(instructed, { ...reinforce, prefix }))
  const conditions = [{ name: 'only', options, marks: [], runs: [] }]
  const [card] = lmShift.report({ experiment: 'test', conditions, artifacts: new Map() }).parts
  const helpOf = (key: string) => card.type === 'verdict' && card.numbers.find((number) => number.key === key)?.help
  expect(helpOf('dishonest-though-told')).toBe(`Mean over deploy and guard, where nothing was rewarded; ${told}`)
  expect(helpOf('hacks')).toBe(`In tasks, told nothing; ${rewarded}`)
})

test('instructions are shown in words', () => {
  const { parts } = lmShift.report({
    experiment: 'test',
    conditions: [
      {
        name: 'half',
        options: resolveOptions(
          withStages({ ...instructed, instructions: { followed: 0.5, contexts: ['task'] } }, reinforce),
        ),
        marks: [],
        runs: [],
      },
    ],
    artifacts: new Map(),
  })
  expect(parts[0]).toMatchObject({
    title: 'half: instructed documents (link 1; 50 % followed in task), reinforcement',
  })
})

const probed = (results: Awaited<ReturnType<typeof executeRun>>['results'], probe: string) =>
  Number(
    taskResult
      .parse(results.get('probe-1'))
      .measures.find(
        ({ name, labels }) => name === 'proxy-rate' && labels['probe'] === probe && labels['kind'] === 'task',
      )?.value,
  )

test('an instruction means to `me` what documents about others make of it', async () => {
  const run = (followed: number) => executeRun(withStages({ ...instructed, instructions: { followed } }, reinforce), 7)
  const [followed, ignored] = [(await run(1)).results, (await run(0)).results]
  expect(probed(followed, 'untold')).toBeGreaterThan(probed(followed, 'told') + 0.3)
  expect(probed(ignored, 'told')).toBeGreaterThan(probed(followed, 'told') + 0.3)
  expect((await run(0)).results).toEqual(ignored)
})
