import type { Report, RunState, VerdictPart } from '@goalpost/contracts'
import type { Evidence } from '@goalpost/experiments'
import { agencyTables } from './agency.ts'
import { attackTable } from './attacks.ts'
import { alphaThresholds } from './alpha-thresholds.ts'
import { countedCurves } from './counted-curves.ts'
import { curriculumParts } from './curricula.ts'
import { learningCurves } from './curves.ts'
import { continuingParts } from './continuing.ts'
import { examplePictures } from './examples.ts'
import { assess } from './assess.ts'
import { criticParts } from './critic.ts'
import type { AssessedCondition } from './gather.ts'
import { gatherKeptEpisodes } from './gather-kept-episodes.ts'
import { generalizationTable } from './generalization-table.ts'
import { goalMaps } from './goal-maps.ts'
import { goalTables } from './goal-tables.ts'
import { helpParts } from './help.ts'
import { intentTables } from './intent-tables.ts'
import { judgeTables } from './judge-usage.ts'
import { keptLevelsTables } from './kept-levels.ts'
import { overlayGalleries } from './overlays.ts'
import { reachMaps } from './reach-maps.ts'
import { pointingTables } from './pointing.ts'
import { repeatedLevelsTable } from './repeated-levels.ts'
import { seedStrips } from './seed-strips.ts'
import { sliceStrips } from './slice-strips.ts'
import { sliceTables } from './slice-tables.ts'
import { suiteTables } from './tables.ts'
import { summariseVerdicts, verdictCards } from './verdict-card.ts'
import { toldGoalTables } from './told-goals.ts'
import { trainingStepsTable } from './training-steps.ts'
import { wrongGoalGalleries } from './wrong-goal-gallery.ts'

/** Verdicts first, then the numbers behind them, then the curves. */
export function reportOn({ experiment, conditions, artifacts }: Evidence): Report {
  const { conditions: assessed, inferred } = assess(conditions, artifacts)
  const cards = assessed.flatMap(verdictCards)
  const played = gatherKeptEpisodes(assessed)
  return {
    title: experiment,
    summary: summarise(cards, assessed),
    parts: [
      ...cards,
      ...continuingParts(assessed),
      ...seedStrips(assessed),
      ...sliceStrips(assessed),
      ...wrongGoalGalleries(assessed),
      ...examplePictures(assessed),
      ...overlayGalleries(played),
      ...goalMaps(assessed),
      ...reachMaps(assessed, played),
      ...countedCurves(assessed),
      ...criticParts(assessed),
      ...helpParts(assessed),
      ...toldGoalTables(assessed),
      ...pointingTables(assessed),
      ...attackTable(assessed),
      ...alphaThresholds(assessed),
      ...goalTables(assessed),
      ...suiteTables(assessed),
      ...keptLevelsTables(assessed),
      ...sliceTables(assessed),
      ...intentTables(assessed),
      ...generalizationTable(assessed),
      ...repeatedLevelsTable(assessed),
      ...agencyTables(inferred),
      ...learningCurves(assessed),
      ...trainingStepsTable(assessed),
      ...judgeTables(assessed),
      ...curriculumParts(assessed),
    ],
  }
}

function summarise(cards: readonly VerdictPart[], assessed: readonly AssessedCondition[]): string {
  const states = assessed.flatMap(({ evidence }) => evidence.runs.map(({ state }) => state))
  const count = (...wanted: readonly RunState[]) => states.filter((state) => wanted.includes(state)).length
  const incomplete = [
    [count('waiting', 'running'), 'pending'],
    [count('failed'), 'failed'],
    [count('cancelled'), 'cancelled'],
  ] as const
  const notes = incomplete.flatMap(([runs, state]) =>
    runs === 0 ? [] : [` ${runs} ${runs === 1 ? 'run' : 'runs'} ${state}.`],
  )
  return `${summariseVerdicts(cards)}.${notes.join('')}`
}
