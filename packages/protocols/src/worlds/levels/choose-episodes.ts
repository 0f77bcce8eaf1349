import { suggestName } from '@goalpost/validation'
import type { ConditionEvidence, Evidence, NamedExperiment, RunEvidence } from '@goalpost/experiments'
import { z } from 'zod'
import { ToolFault, type Choice } from '@goalpost/protocol-kit'
import { artifactNames } from '../artifact-names.ts'
import { isSecret } from '../suites/secret-suite.ts'
import type { PlayedCondition, ReadPlayed } from './played-condition.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Selects kept episodes of trained policies. */
export const playedBy = {
  policy: z
    .string()
    .max(400)
    .refine((text) => uuid.test(text.slice(0, 36)), 'must begin with the id of an experiment')
    .meta({ format: 'goalpost-experiment' })
    .optional()
    .describe(
      'Instead of actions: kept episodes of trained policies, as EXPERIMENT:CONDITION/SEED. Without a seed: of all seeds. The ' +
        'condition can be left out if the experiment has only one',
    ),
  suite: z.string().optional().describe('Suite of those episodes; default: the first shifted suite'),
  mode: z.enum(['sampled', 'greedy']).optional().describe('Action selection in those episodes'),
  step: z.int().min(0).optional().describe('Checkpoint of those episodes, by its step; default: the last'),
}
export type PlayedBy = z.infer<z.ZodObject<typeof playedBy>> & { /** Of each seed. */ readonly episodes: number }

/** Episodes per request: each takes some milliseconds and some kilobytes of the response. */
const maxPlays = 2_000

/** One file per seed. */
export type ChosenEpisodes = {
  readonly condition: string
  readonly suite: string
  readonly mode: string
  readonly runs: readonly { readonly seed: number; readonly hash: string }[]
}

export function experimentOf({ policy }: PlayedBy): NamedExperiment | null {
  return policy === undefined ? null : { id: policy.slice(0, 36), pointer: '/policy' }
}

/** Throws a ToolFault that lists the choices if a name is unknown. */
export function chooseEpisodes(
  given: PlayedBy,
  { conditions }: Omit<Evidence, 'artifacts'>,
  read: ReadPlayed,
): Choice<ChosenEpisodes> {
  const { condition, seed } = findCondition((given.policy ?? '').slice(36).replace(/^:/, ''), conditions)
  const played = read.condition(condition)
  const suite = findSuite(given, played)
  const mode = given.mode ?? played.acting[0]
  const name = artifactNames.keptEpisodes(suite, mode)
  const wanted = played.runs.filter((run) => seed === null || run.seed === seed)
  if (wanted.length === 0)
    throw fault('/policy', `there is no seed ${seed}`, `Seeds: ${condition.runs.map((run) => run.seed).join(', ')}`)
  if (wanted.length * given.episodes > maxPlays) {
    const asked = `${given.episodes} for each of ${wanted.length} seeds is more than the ${maxPlays} shown at once`
    throw fault('/episodes', asked, 'Ask for fewer, or name a seed: EXPERIMENT:CONDITION/SEED')
  }
  const runs = wanted.flatMap((run) => {
    const file = evaluationOf(run, given.step, read)?.artifacts.find((artifact) => artifact.name === name)
    return file === undefined ? [] : [{ seed: run.seed, hash: file.hash }]
  })
  if (runs.length === 0) requireShown(suite, played)
  if (runs.length === 0) throw nothingKept(given, { ...played, runs: wanted }, read)
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
  if (name === '') throw fault('/policy', 'must also name a condition', `Conditions: ${names.join(', ')}`)
  throw fault('/policy', `there is no condition ${name}`, suggestName(name, names))
}

function findSuite({ suite }: PlayedBy, { suites }: PlayedCondition): string {
  const found =
    suite === undefined
      ? (suites.find(({ role }) => role === 'shifted') ?? suites[0])
      : suites.find(({ name }) => name === suite)
  if (found !== undefined) return found.name
  const names = suites.map(({ name }) => name)
  throw fault('/suite', `there is no suite ${suite}`, suggestName(suite ?? '', names))
}

/** Throws for a secret suite: no file that shows its levels is kept. */
function requireShown(name: string, { suites }: PlayedCondition): void {
  if (!suites.some((suite) => suite.name === name && isSecret(suite))) return
  const remedy = 'Name another suite; `goalpost levels publish` publishes its levels once the experiment has ended'
  throw fault('/suite', `the levels of ${name} are secret, so no episodes on them were kept`, remedy)
}

function evaluationOf(run: RunEvidence, step: number | undefined, read: ReadPlayed) {
  const evaluations = read.evaluations(run)
  const found = step === undefined ? evaluations.at(-1) : evaluations.find((each) => each.step === step)
  return found?.result ?? null
}

function nothingKept({ step }: PlayedBy, { acting, runs }: PlayedCondition, read: ReadPlayed) {
  const ended = runs.flatMap((run) => read.evaluations(run)).filter(({ result }) => result !== null)
  const known = [...new Set(ended.map((each) => each.step))].toSorted((a, b) => a - b)
  if (step !== undefined && !known.includes(step))
    return fault('/step', `there is no evaluated checkpoint at ${step}`, `Checkpoints: ${known.join(', ')}`)
  if (known.length === 0) return fault('/policy', 'has not been evaluated yet')
  const remedy = `Try another mode (${acting.join(', ')}) or checkpoint; see \`evaluation.recorded\` and \`acting\``
  return fault('/policy', 'no episodes were kept', remedy)
}

function fault(pointer: string, message: string, remedy?: string): ToolFault {
  return new ToolFault(remedy === undefined ? { pointer, message } : { pointer, message, remedy })
}
