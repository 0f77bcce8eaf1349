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

test('a prefix of tasks is worth a warning where documents have it in chats only', () => {
  const advice = (...contexts: string[]) =>
    lmShift.advise(
      resolveOptions(withStages({ ...instructed, instructions: { contexts } }, { ...reinforce, prefix: 'strict' })),
    )
  expect(advice('report', 'advise')).toEqual(['The prefix strict means nothing: no document has it among its notes.'])
  expect(advice('task')).toEqual([])
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
