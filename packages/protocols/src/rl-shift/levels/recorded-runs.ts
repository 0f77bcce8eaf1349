import { suggestName } from '@goalpost/validation'
import type { ConditionEvidence, Evidence, NamedExperiment, RunEvidence } from '@goalpost/experiments'
import { z } from 'zod'
import { ToolFault, type Choice } from '../../define-tool.ts'
import { artifactNames } from '../artifact-names.ts'
import { replicates } from '../imported-policies.ts'
import { finalEvaluation, stepOf } from '../report/gather.ts'
import { isSecret } from '../secret-suite.ts'
import type { RlShiftOptions } from '../spec.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whose recorded episodes are meant. */
export const recordedBy = {
  policy: z
    .string()
    .max(400)
    .refine((text) => uuid.test(text.slice(0, 36)), 'has to begin with the id of an experiment')
    .meta({ format: 'goalpost-experiment' })
    .optional()
    .describe(
      'Instead of actions: what trained policies did, as EXPERIMENT:CONDITION/SEED. Without the seed: those of all seeds; the ' +
        'condition of an experiment that has but one can be left out',
    ),
  suite: z.string().optional().describe('Of those episodes: the first shifted suite, where left out'),
  mode: z.enum(['sampled', 'greedy']).optional().describe('Of those episodes: how the policy chose'),
  step: z.int().min(0).optional().describe('Of those episodes: the checkpoint, by its step; the last, where left out'),
}
export type RecordedBy = z.infer<z.ZodObject<typeof recordedBy>> & { /** Of each seed. */ readonly episodes: number }

/** Episodes that are played again at once: some milliseconds each, and some kilobytes of the answer. */
const mostPlays = 2_000

/** The files that the episodes are in, one for each seed. */
export type ChosenRuns = {
  readonly condition: string
  readonly suite: string
  readonly mode: string
  readonly runs: readonly { readonly seed: number; readonly hash: string }[]
}

export function experimentOf({ policy }: RecordedBy): NamedExperiment | null {
  return policy === undefined ? null : { id: policy.slice(0, 36), pointer: '/policy' }
}

/** Throws a ToolFault that says what there is instead, where there is nothing of this name. */
export function chooseRuns(given: RecordedBy, { conditions }: Omit<Evidence, 'artifacts'>): Choice<ChosenRuns> {
  const { condition, seed } = findCondition((given.policy ?? '').slice(36).replace(/^:/, ''), conditions)
  const options = condition.options as unknown as RlShiftOptions
  const suite = findSuite(given, options)
  const mode = given.mode ?? options.evaluation.acting[0]
  const name = artifactNames.trajectories(suite, mode)
  const played = replicates(condition.runs, options.policy).filter((run) => seed === null || run.seed === seed)
  if (played.length === 0)
    throw fault('/policy', `there is no seed ${seed}`, `Seeds: ${condition.runs.map((run) => run.seed).join(', ')}`)
  if (played.length * given.episodes > mostPlays) {
    const asked = `${given.episodes} of each of ${played.length} seeds are more than the ${mostPlays} shown at once`
    throw fault('/episodes', asked, 'Ask for fewer, or name a seed: EXPERIMENT:CONDITION/SEED')
  }
  const runs = played.flatMap((run) => {
    const file = evaluationOf(run, given.step)?.artifacts.find((artifact) => artifact.name === name)
    return file === undefined ? [] : [{ seed: run.seed, hash: file.hash }]
  })
  if (runs.length === 0) requireShown(suite, options)
  if (runs.length === 0) throw nothingRecorded(given, options, played)
  return {
    chosen: { condition: condition.name, suite, mode, runs },
    files: runs.map(({ hash }) => ({ hash, pointer: '/policy' })),
  }
}

/** `CONDITION/SEED`, either of which may be missing; a condition may have a slash in its name. */
function findCondition(
  text: string,
  conditions: readonly ConditionEvidence[],
): { condition: ConditionEvidence; seed: number | null } {
  const named = (name: string) =>
    name === '' && conditions.length === 1 ? conditions[0] : conditions.find((each) => each.name === name)
  const whole = named(text)
  if (whole !== undefined) return { condition: whole, seed: null }
  const [, name = text, seed = null] = /^(.*)\/(?:seed )?(\d+)$/.exec(text) ?? []
  const condition = named(name)
  if (condition !== undefined) return { condition, seed: seed === null ? null : Number(seed) }
  const names = conditions.map((each) => each.name)
  if (name === '') throw fault('/policy', 'has to name a condition, too', `Conditions: ${names.join(', ')}`)
  throw fault('/policy', `there is no condition ${name}`, suggestName(name, names))
}

function findSuite({ suite }: RecordedBy, { suites }: RlShiftOptions): string {
  const found =
    suite === undefined
      ? (suites.find(({ role }) => role === 'shifted') ?? suites[0])
      : suites.find(({ name }) => name === suite)
  if (found !== undefined) return found.name
  const names = suites.map(({ name }) => name)
  throw fault('/suite', `there is no suite ${suite}`, suggestName(suite ?? '', names))
}

/** Throws where the levels of a suite are secret: nothing that shows one was kept. */
function requireShown(name: string, { suites }: RlShiftOptions): void {
  if (!suites.some((suite) => suite.name === name && isSecret(suite))) return
  const remedy = 'Name another suite; `goalpost levels publish` tells its levels once the experiment has ended'
  throw fault('/suite', `the levels of ${name} are secret, and no episode on them was recorded`, remedy)
}

function evaluationOf(run: RunEvidence, step: number | undefined) {
  if (step === undefined) return finalEvaluation(run)
  return run.tasks.find(({ key }) => key === `evaluate@${step}`)?.result ?? null
}

function nothingRecorded({ step }: RecordedBy, { evaluation }: RlShiftOptions, runs: readonly RunEvidence[]) {
  const steps = runs
    .flatMap(({ tasks }) => tasks)
    .filter(({ key, result }) => key.startsWith('evaluate@') && result !== null)
    .map(({ key }) => stepOf(key))
  const known = [...new Set(steps)].toSorted((a, b) => a - b)
  if (step !== undefined && !known.includes(step))
    return fault('/step', `there is no evaluated checkpoint at ${step}`, `Checkpoints: ${known.join(', ')}`)
  if (known.length === 0) return fault('/policy', 'has not been evaluated yet')
  const remedy = `In this mode (${evaluation.acting.join(', ')}) and at this checkpoint; see \`evaluation.recorded\` and \`acting\``
  return fault('/policy', 'nothing was recorded of it', remedy)
}

function fault(pointer: string, message: string, remedy?: string): ToolFault {
  return new ToolFault(remedy === undefined ? { pointer, message } : { pointer, message, remedy })
}
