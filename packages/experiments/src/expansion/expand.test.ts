import type { Dependency, JsonObject, ResolvedSpec } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import type { PlannedTask, Protocol } from '../ports/protocol.ts'
import { analysisEvidence, analysisKey } from './analysis.ts'
import { expand } from './expand.ts'

const engine = { name: 'tfjs:wasm', build: '4.22.0', threads: 1 }

function task(key: string, change: Partial<PlannedTask> = {}): PlannedTask {
  return {
    key,
    kind: 'train',
    inputs: { key },
    versions: {},
    seed: null,
    needs: [],
    work: { unit: 'steps', amount: 1 },
    rank: 0,
    ...change,
  }
}

const needs = (...keys: string[]) => keys.map((key) => ({ key, when: { on: 'succeeded' } as const }))

function expandPlan(plan: Protocol['plan'], change: Partial<ResolvedSpec> = {}, reportVersion?: string) {
  const protocol = {
    name: 'toy',
    version: '1',
    plan,
    ...(reportVersion === undefined ? {} : { reportVersion }),
  } as Protocol
  const resolved: ResolvedSpec = {
    apiVersion: 'goalpost/v1',
    protocol: 'toy',
    protocolVersion: '1',
    name: 'x',
    labels: {},
    seeds: [0, 1],
    conditions: [
      { name: 'a', options: { alpha: 0 }, marks: [] },
      { name: 'b', options: { alpha: 1 }, marks: ['control'] },
    ],
    resources: { engine: 'auto', threads: 1, device: 'cpu' },
    priority: 0,
    fresh: false,
    ...change,
  }
  return expand(resolved, new Map([['toy', protocol]]), engine)
}

const trainAndEvaluate = (options: JsonObject, seed: number) => [
  task('evaluate', { kind: 'evaluate', inputs: { suite: 's' }, seed, needs: needs('train', 'reference') }),
  task('train', { inputs: options, seed }),
  task('reference', { inputs: { reference: 'random' } }),
]

describe('an expansion', () => {
  it('has a run per condition and seed, and a task per distinct computation', () => {
    const expansion = expandPlan(trainAndEvaluate)
    expect(expansion.runs.map(({ condition, seed }) => [condition, seed])).toEqual([
      ['a', 0],
      ['a', 1],
      ['b', 0],
      ['b', 1],
    ])
    // Four trainings, four evaluations, one reference for all of them, one analysis.
    expect(expansion.tasks).toHaveLength(10)
    expect(new Set(expansion.tasks.map(({ identity }) => identity)).size).toBe(10)
    const references = expansion.runs.map(({ tasks }) => tasks.find(({ key }) => key === 'reference')?.identity)
    expect(new Set(references).size).toBe(1)
  })

  it('finds a computation and its analysis again after its kind was renamed', () => {
    const named = (kind: string, change: Partial<PlannedTask> = {}) =>
      expandPlan(() => [task('a', { kind, ...change })]).tasks
    const before = named('evaluate')
    const after = named('references', { identityKind: 'evaluate' })
    expect(after.map(({ kind }) => kind)).toEqual(['references', 'analyse'])
    expect(after.map(({ identity }) => identity)).toEqual(before.map(({ identity }) => identity))
    expect(named('references')[0]?.identity).not.toBe(before[0]?.identity)
  })

  it('refuses a plan with a task of the service’s own kind', () => {
    expect(() => expandPlan(() => [task('a', { kind: 'analyse' })])).toThrow('may not contain')
  })

  it('puts every task after the tasks that it needs', () => {
    const { tasks } = expandPlan(trainAndEvaluate)
    const seen = new Set<string>()
    for (const { identity, needs: needed } of tasks) {
      for (const need of needed) expect(seen).toContain(need.identity)
      seen.add(identity)
    }
  })

  it('ends with an analysis that needs all others settled', () => {
    const { tasks, analysis } = expandPlan(trainAndEvaluate)
    const last = tasks.at(-1)
    expect(last).toMatchObject({ identity: analysis, key: analysisKey, kind: 'analyse', seed: null })
    expect(new Set(last?.needs.map(({ identity }) => identity))).toEqual(
      new Set(tasks.slice(0, -1).map(({ identity }) => identity)),
    )
    expect(last?.needs.every(({ when }) => when.on === 'settled')).toBe(true)
  })

  it('gives equal tasks equal identities, independent of position and other tasks', () => {
    const all = expandPlan(trainAndEvaluate)
    const one = expandPlan(trainAndEvaluate, {
      seeds: [1],
      conditions: [{ name: 'renamed', options: { alpha: 1 }, marks: [] }],
    })
    const known = new Set(all.tasks.map(({ identity }) => identity))
    expect(one.tasks.slice(0, -1).every(({ identity }) => known.has(identity))).toBe(true)
    expect(known.has(one.analysis ?? '')).toBe(false)
  })

  it('repeats only the analysis if reports draw other conclusions from the same evidence', () => {
    const [before, after] = ['1', '2'].map((reportVersion) => expandPlan(trainAndEvaluate, {}, reportVersion).tasks)
    const changed = after!.filter(({ identity }, index) => identity !== before![index]?.identity)
    expect(changed.map(({ kind }) => kind)).toEqual(['analyse'])
  })

  it('gives tasks on another class of device another identity: their sums differ in the last bits', () => {
    const resources = { engine: 'auto', threads: 1, device: 'gpu' } as const
    const [train, evaluate] = expandPlan(trainAndEvaluate).tasks
    const [onGpu, evaluatedOnGpu] = expandPlan(trainAndEvaluate, { resources }).tasks
    expect(onGpu?.identity).not.toBe(train?.identity)
    expect(evaluatedOnGpu?.identity).not.toBe(evaluate?.identity)
  })

  it('requests no engine and no GPU for a task without tensors, which changes no identity', () => {
    const plain = (options: JsonObject, seed: number) => [
      task('train', { inputs: options, seed }),
      { ...task('reference', { inputs: { reference: 'random' } }), withoutEngine: true as const },
    ]
    const resources = { engine: 'auto', threads: 4, device: 'gpu' } as const
    const { tasks } = expandPlan(plain, { resources, seeds: [0] })
    const anywhere = { engine: 'none', threads: 1, device: 'cpu' }
    expect(tasks.find(({ key }) => key === 'reference')?.resources).toEqual(anywhere)
    expect(tasks.find(({ kind }) => kind === 'analyse')?.resources).toEqual(anywhere)
    expect(tasks.find(({ key }) => key === 'train')?.resources).toMatchObject({ device: 'gpu' })
    const before = expandPlan((options, seed) => [
      task('train', { inputs: options, seed }),
      task('reference', { inputs: { reference: 'random' } }),
    ])
    const known = new Set(before.tasks.map(({ identity }) => identity))
    const now = expandPlan(plain).tasks.find(({ key }) => key === 'reference')
    expect(known.has(now?.identity ?? '')).toBe(true)
  })

  it('replaces `auto` by the given engine', () => {
    expect(expandPlan(trainAndEvaluate).tasks[0]?.resources).toEqual({ engine: 'tfjs:wasm', threads: 1, device: 'cpu' })
  })

  it.each([
    ['a duplicate key', [task('a'), task('a')], 'two tasks with one key'],
    ['an unplanned need', [task('a', { needs: needs('b') })], 'needs b, which is not in the plan'],
    ['a duplicate need', [task('a', { needs: needs('b', 'b') }), task('b')], 'has a duplicate dependency'],
    [
      'a circle',
      [task('a', { needs: needs('b') }), task('b', { needs: needs('c') }), task('c', { needs: needs('a') })],
      'depends on itself',
    ],
  ])('refuses %s', (_, plan, message) => {
    expect(() => expandPlan(() => plan)).toThrow(message)
  })
})

describe('the inputs of an analysis', () => {
  const { tasks } = expandPlan(trainAndEvaluate)
  const analysis = tasks.at(-1)!
  const dependencies = (stateOf: (index: number) => Dependency['state']): Dependency[] =>
    analysis.needs.map(({ key, identity }, index) => {
      const state = stateOf(index)
      const measures = [{ name: 'identity', labels: { identity }, value: index }]
      return {
        key,
        identity,
        inputs: { of: identity },
        state,
        result: state === 'succeeded' ? { measures, artifacts: [] } : null,
        checkpoint: null,
      }
    })

  it('turn back into evidence: conditions with options and marks, runs with the inputs and results of their own tasks', () => {
    const evidence = analysisEvidence({ ...analysis, dependencies: dependencies(() => 'succeeded') })
    expect(evidence.experiment).toBe('x')
    expect(
      evidence.conditions.map(({ name, options, marks, runs }) => [
        name,
        options,
        marks,
        runs.map(({ seed, state }) => [seed, state]),
      ]),
    ).toEqual([
      [
        'a',
        { alpha: 0 },
        [],
        [
          [0, 'succeeded'],
          [1, 'succeeded'],
        ],
      ],
      [
        'b',
        { alpha: 1 },
        ['control'],
        [
          [0, 'succeeded'],
          [1, 'succeeded'],
        ],
      ],
    ])
    const run = expandPlan(trainAndEvaluate).runs[3]!
    const found = evidence.conditions[1]!.runs[1]!.tasks.map(({ key, inputs, result }) => [
      key,
      inputs['of'],
      result?.measures[0]?.labels['identity'],
    ])
    expect(found).toEqual(run.tasks.map(({ key, identity }) => [key, identity, identity]))
  })

  it('name the failed runs', () => {
    const evidence = analysisEvidence({
      ...analysis,
      dependencies: dependencies((index) => (index === 0 ? 'failed' : 'succeeded')),
    })
    expect(evidence.conditions.flatMap(({ runs }) => runs.map(({ state }) => state))).toEqual([
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
    ])
    expect(evidence.conditions[0]?.runs[0]?.tasks[0]).toMatchObject({ result: null })
  })

  it('are not read from another task', () => {
    expect(() => analysisEvidence({ kind: 'train', inputs: {}, dependencies: [] })).toThrow(RangeError)
  })
})
