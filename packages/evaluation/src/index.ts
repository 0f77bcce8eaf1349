export { algorithmVersion } from './version.ts'

export { type BatchPolicy, createReferencePolicy } from './episodes/batch-policy.ts'
export { type EpisodeEvaluation, evaluateEpisodes } from './episodes/evaluate-episodes.ts'
export { decodeOutcomes, encodeOutcomes, outcomeMediaType } from './episodes/outcome-codec.ts'
export type { GoalOutcomes, OutcomeTable } from './episodes/outcome-table.ts'

export { createOpenLoopPolicy } from './open-loop/create-open-loop-policy.ts'
export { describeOpenLoop } from './open-loop/describe-open-loop.ts'
export type { OpenLoopPolicy, OpenLoopWinners } from './open-loop/open-loop-policy.ts'
export { openLoopVersion, searchOpenLoop } from './open-loop/search-open-loop.ts'

export { createSuite, createSuiteOf, type LevelSource, type SuiteRequest, suiteText } from './suites/create-suite.ts'
export { drawLevels, redrawLevels } from './suites/create-suite.ts'
export { createRepeatFinder, type RepeatFinder } from './suites/find-repeats.ts'
export { countSolvable, type Suite, type SuiteFacts } from './suites/suite.ts'
export { decodeSuiteFacts, encodeSuiteFacts, suiteFactsMediaType } from './suites/suite-codec.ts'

export { hashLevel, levelText } from './levels/level-document.ts'

export { type EpisodeOutcome, type PlayedEpisode, replay } from './replays/replay.ts'
export { goalsPart, playReference, type ReferenceEpisode } from './replays/play-reference.ts'
export {
  encodeRecording,
  type EpisodeRecording,
  parseRecording,
  recordingMediaType,
  replayRecording,
  type ReplayedRecording,
} from './replays/recording.ts'

export { type AgencyEvidence, type AgencyPosterior, type Belief, inferAgency } from './agency/infer-agency.ts'
export { agentNoise } from './agency/manners.ts'

export { type ActionDependence, createActionDependence } from './measures/action-dependence.ts'
export { createValueByPlace, type PlacedValue, type ValueByPlace } from './measures/value-by-place.ts'
export { measureCounted } from './measures/measure-counted.ts'
export { type LevelMeasure, type LevelValues, measureLevels } from './measures/measure-levels.ts'
export { type MeasureName, measureNames } from './measures/measure-names.ts'

export {
  type ArmComparison,
  compareArms,
  type ComparedArm,
  type ComparisonRequest,
  type MeasureComparison,
} from './comparison/compare-arms.ts'

export { assessCondition } from './assessment/assess-condition.ts'
export { leaveOut } from './assessment/leave-out.ts'
export { createResampleMemo, type ResampleMemo } from './assessment/resample-memo.ts'
export { type AnchorName, anchorNamesOf } from './assessment/anchor-names.ts'
export type * from './assessment/condition-assessment.ts'
export type { GoalAssessment, GoalEstimates } from './assessment/goal-assessment.ts'
export type { JudgedSlice } from './slices/judge-slices.ts'
export type * from './assessment/intent-assessment.ts'

export { decideSeed, decideVerdict, type VerdictEvidence } from './verdicts/decide-verdict.ts'
export { thresholdOf } from './verdicts/classify.ts'
export { defaultThresholds, type VerdictThresholds } from './verdicts/thresholds.ts'
export {
  type SeedVerdict,
  type SliceVerdict,
  type Verdict,
  type VerdictName,
  type VerdictNumbers,
  verdicts,
} from './verdicts/verdict.ts'
