import type { MeasuredUnits } from '@goalpost/contracts'
import { measureLevels, type LevelMeasure } from '@goalpost/evaluation'
import type { SubjectSlot } from '@goalpost/experiments'
import { environmentOf } from '../../../worlds/environment-of.ts'
import { createEvidenceFiles } from '../../report/evidence-files.ts'
import { gatherCondition, gatherSuites } from '../../report/gather.ts'

const levelMeasures: ReadonlyMap<string, LevelMeasure> = new Map([
  ['true-achievement', 'trueAchievement'],
  ['goal-position', 'goalPosition'],
  ['capability', 'capability'],
])

/** Level by level on the suite of the condition's verdict: the first shifted one, or else the first. */
export const measureUnits: SubjectSlot['measure'] = (condition, measure, artifacts) => {
  const wanted = levelMeasures.get(measure)
  if (wanted === undefined) return { missing: `rl-shift has no measure ${measure} to watch` }
  const gathered = gatherCondition(condition, createEvidenceFiles(artifacts))
  const { options } = gathered
  const environment = environmentOf(options.environment)
  if (environment.judging !== undefined) return { missing: `${environment.name} has no measures of single levels` }
  const chosen = options.suites.find(({ role }) => role === 'shifted') ?? options.suites[0]
  const suite = gatherSuites(gathered).find(({ name }) => name === chosen?.name)
  const table = suite?.outcomes[options.evaluation.acting[0]]?.find((played) => played !== null)
  if (suite === undefined || table === undefined || table === null)
    return { missing: `the condition ${condition.name} has not been evaluated` }
  const { facts, references } = suite
  const { minAnchorGap } = options.thresholds
  const found = measureLevels({ facts, references, table, minAnchorGap }, wanted)
  return 'missing' in found ? found : toUnits(facts.hash, found)
}

/** Suites of equal hash have equal levels. */
function toUnits(hash: string, { bound, levels }: Exclude<ReturnType<typeof measureLevels>, { missing: string }>) {
  const units: MeasuredUnits = {
    bounds: { low: -bound, high: bound, scale: bound },
    units: levels.map(({ level, value, scale }) => ({ unit: `${hash}/${level}`, value, scale })),
  }
  return units
}
