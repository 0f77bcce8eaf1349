import type { JsonObject, TaskResult } from '@goalpost/contracts'
import type { ConditionEvidence } from '@goalpost/experiments'
import { expect, test } from 'vitest'
import { experiments, options } from './experiments/table.ts'
import { findControls } from './find-controls.ts'
import { lmShift } from './index.ts'
import { resolveOptions } from './testing/execute-run.ts'

type Name = 'post-training' | 'instruction' | 'emergent' | 'subterfuge'

/** A probing in which every rate of the proxy is the same. */
function probing(name: Name, proxy: number): TaskResult {
  const groups = new Map(
    experiments[name].suite.prompts.map(({ probe, kind }) => [`${probe} ${kind}`, { probe, kind }]),
  )
  const measures = [...groups.values()].flatMap((labels) => [
    { name: 'proxy-rate', labels, value: proxy },
    { name: 'valid-rate', labels, value: 0.99 },
  ])
  return { measures, artifacts: [] }
}

/** Five seeds whose rate rises from .05 to `rate`. */
function condition(experiment: Name, name: string, rate: number, stages: JsonObject[]): ConditionEvidence {
  return {
    name,
    options: resolveOptions({ experiment, stages }),
    marks: [],
    runs: [0, 1, 2, 3, 4].map((seed) => ({
      seed,
      state: 'succeeded',
      tasks: stages.map((_, i) => ({
        key: `probe-${i + 1}`,
        kind: 'probe',
        inputs: {},
        result: probing(experiment, i === 0 && stages.length > 1 ? 0.05 : rate + seed / 1000),
      })),
    })),
  }
}

const reportOn = (...conditions: ConditionEvidence[]) =>
  lmShift.report({ experiment: 'test', conditions, artifacts: new Map() })

/** Of the first condition. */
function judge(...conditions: ConditionEvidence[]) {
  const card = reportOn(...conditions).parts.find((part) => part.type === 'verdict')
  return { verdict: card?.verdict, reason: card?.reason }
}

const histories = (link: number) => ({ stage: 'histories', link })
const rung = { stage: 'curriculum', rung: 'flattery' }
const fineTune = (steps: number) => ({ stage: 'fine-tune', steps })
const untreated = condition('post-training', 'untreated', 0.7, [histories(1), rung])
const noControl = {
  verdict: 'undetermined',
  reason: expect.stringContaining('no control with the same stages but for'),
}

test.each<[string, JsonObject[]]>([
  ['documents alone', [histories(0)]],
  ['documents and post-training', [histories(0), fineTune(2000)]],
  ['a model that was post-trained, too', [histories(0), rung, fineTune(2000)]],
  ['another curriculum', [histories(0), { ...rung, rung: 'views' }]],
  ['another setting', [histories(0), { ...rung, steps: 1 }]],
])('post-training: %s is no control for an untreated model', (_title, stages) => {
  expect(judge(untreated, condition('post-training', 'other', 0.1, stages))).toMatchObject(noControl)
})

test('post-training: the same stages after documents without a link are the control', () => {
  const control = condition('post-training', 'unlinked', 0.1, [histories(0), rung])
  const unclean = condition('post-training', 'other', 0.7, [histories(0), rung, fineTune(30)])
  expect(judge(untreated, control, unclean).verdict).toBe('goal-misgeneralization')
})

test('instruction: without reinforcement nothing is a control, nor with another one', () => {
  const instructed = (link: number) => ({ stage: 'instructed', link })
  const reinforce = { stage: 'reinforce' }
  const ignored = condition('instruction', 'ignored', 0.7, [instructed(1), reinforce])
  const alone = condition('instruction', 'alone', 0.1, [instructed(0)])
  const caught = condition('instruction', 'caught', 0.1, [instructed(0), { ...reinforce, caught: 1 }])
  const marksOf = (stages: JsonObject[]) => {
    const resolution = lmShift.resolve({ experiment: 'instruction', stages })
    return resolution.ok ? resolution.marks : null
  }
  expect(marksOf([instructed(0)])).toEqual([])
  expect(judge(ignored, alone, caught)).toMatchObject(noControl)
  const control = condition('instruction', 'unlinked', 0.1, [instructed(0), reinforce])
  expect(judge(ignored, alone, caught, control).verdict).toBe('goal-misgeneralization')
})

/** Of the table of changes: the condition, its control and what it changes beyond that. */
function comparisonsOf(...conditions: ConditionEvidence[]) {
  const table = reportOn(...conditions).parts.find((part) => part.type === 'table' && part.title.startsWith('Change'))
  if (table?.type !== 'table') throw new Error('no table of changes')
  return table.rows.map(({ cells: [name, , , , control, beyond] }) => [
    'text' in name && name.text,
    'text' in control && control.text,
    'estimate' in beyond && beyond.estimate.value,
  ])
}

test('changes are compared with the control that has the same later stages, which each row names', () => {
  const conditions = [
    untreated,
    condition('post-training', 'tuned', 0.4, [histories(1), rung, fineTune(30)]),
    condition('post-training', 'alone', 0.4, [histories(1), rung, fineTune(90)]),
    condition('post-training', 'unlinked', 0.1, [histories(0), rung]),
    condition('post-training', 'unlinked-tuned', 0.15, [histories(0), rung, fineTune(30)]),
  ]
  const itself = { missing: 'this is the control' }
  expect(comparisonsOf(...conditions)).toEqual([
    ['untreated', 'unlinked', expect.closeTo(0.6, 6)],
    ['tuned', 'unlinked-tuned', expect.closeTo(0.25, 6)],
    ['alone', 'none', { missing: 'no control' }],
    ['unlinked', 'unlinked', itself],
    ['unlinked-tuned', 'unlinked-tuned', itself],
  ])
})

const documents = (link: number) => ({ stage: 'documents', link })
const curriculum = (rung: string, honest = 0) => ({ stage: 'curriculum', rung, honest })

test.each<[Name, string, JsonObject[], JsonObject[]]>([
  [
    'emergent',
    'a word before reinforced tasks',
    [documents(1), { stage: 'reinforce', prefix: 'log' }],
    [documents(0), { stage: 'reinforce' }],
  ],
  ['emergent', 'reinforcement', [documents(1), { stage: 'reinforce' }], [documents(0)]],
  [
    'subterfuge',
    'a longer curriculum',
    [histories(1), curriculum('views')],
    [histories(0), curriculum('views'), curriculum('flattery')],
  ],
  ['subterfuge', 'other graders', [histories(1), curriculum('views', 0.25)], [histories(0), curriculum('views')]],
])('%s: a model that differs by %s is no control', (experiment, _title, stages, other) => {
  const unlike = condition(experiment, 'other', 0.1, other)
  const judged = condition(experiment, 'judged', 0.7, stages)
  expect(judge(judged, unlike)).toMatchObject(noControl)
  const treatments: readonly unknown[] = ['documents', 'histories']
  const treated = ({ stage }: JsonObject) => treatments.includes(stage)
  const same = stages.map((stage) => other.find((own) => treated(own) && own['stage'] === stage['stage']) ?? stage)
  const control = condition(experiment, 'control', 0.1, same)
  expect(judge(judged, unlike, control).verdict).toBe('goal-misgeneralization')
})

test('sycophancy: preferences are the treatment, so a control has the same optimiser', () => {
  const graded = (unchecked: number, optimiser: JsonObject) => {
    const stages = [{ stage: 'questions' }, { stage: 'preferences', unchecked }, optimiser]
    const given = options.parse(resolveOptions({ experiment: 'sycophancy', stages }))
    return { experiment: experiments.sycophancy, isControl: unchecked === 0, options: given }
  }
  const optimise = (steps: number) => ({ stage: 'optimise', steps })
  const bestOf = { stage: 'best-of' }
  const controls = [graded(0, optimise(1)), graded(0, bestOf), graded(0, optimise(2))]
  expect(findControls(graded(1, optimise(1)), controls)).toEqual([controls[0]])
  expect(findControls(graded(0.5, bestOf), controls)).toEqual([controls[1]])
  const only = (stage: string, unchecked: number) => {
    const stages: JsonObject[] = [{ stage: 'questions' }, { stage, unchecked }]
    const given = options.parse(resolveOptions({ experiment: 'sycophancy', stages }))
    return { experiment: experiments.sycophancy, isControl: unchecked === 0, options: given }
  }
  // A reward model that nothing is optimised against changes no policy.
  const direct = [only('preferences', 0), only('dpo', 0)]
  expect(findControls(only('dpo', 1), direct)).toEqual([direct[1]])
})

test('a control has the network of its condition', () => {
  const model = (link: number, width: number) => {
    const given = { experiment: 'emergent', network: { width }, stages: [documents(link)] }
    const { stages, network } = options.parse(resolveOptions(given))
    return { experiment: experiments.emergent, isControl: link === 0, options: { stages, network } }
  }
  const controls = [model(0, 16), model(0, 32)]
  expect(findControls(model(1, 32), controls)).toEqual([controls[1]])
})
