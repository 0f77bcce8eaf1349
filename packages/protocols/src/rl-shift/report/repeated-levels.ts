import type { TablePart } from '@goalpost/contracts'
import type { SuiteEvidence, SuiteRole } from '@goalpost/evaluation'
import type { ConditionEvidence } from '@goalpost/experiments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { emptyCell, textCell } from './estimates.ts'
import type { EvidenceFiles } from './evidence-files.ts'
import { finalEvaluation } from './read-evidence.ts'
import type { Suite } from '../../worlds/suites/suite-options.ts'

/** Which levels of a suite the policies of one condition were trained on. */
export type RepeatedLevels = {
  readonly suite: string
  readonly role: SuiteRole
  readonly levels: number
  /** How many, by seed; null where unknown. */
  readonly bySeed: readonly (number | null)[]
  /** [levels] 1 where some policy was trained on that level. */
  readonly any: Uint8Array
  readonly anyCount: number
  /** Whether they are excluded, because enough other levels remain. */
  readonly leftOut: boolean
}

/** Share of a suite's levels that must remain for the others to be excluded. */
const minRemaining = 0.5

/** Empty for a suite whose training levels no run recorded. */
export function findRepeatedLevels(
  { evidence: { runs }, files }: { readonly evidence: ConditionEvidence; readonly files: EvidenceFiles },
  { name: suite, role, levels }: Suite,
): RepeatedLevels[] {
  const marks = runs.map((run) => files.bytes(finalEvaluation(run), artifactNames.trainedOn(suite)))
  if (marks.every((seen) => seen === null)) return []
  const any = Uint8Array.from({ length: levels }, (_, level) => (marks.some((seen) => seen?.[level] === 1) ? 1 : 0))
  const anyCount = count(any)
  const leftOut = anyCount > 0 && levels - anyCount >= minRemaining * levels
  return [{ suite, role, levels, bySeed: marks.map((seen) => seen && count(seen)), any, anyCount, leftOut }]
}

/** The suite without the levels that are to be left out. */
export function excludeRepeated(suite: SuiteEvidence, repeated: readonly RepeatedLevels[]): SuiteEvidence {
  const levels = repeated.find((candidate) => candidate.suite === suite.name)
  return levels?.leftOut === true ? { ...suite, excluded: levels.any } : suite
}

/** Levels that one of them was trained on say nothing about a lead on new levels. */
export function excludedFromEither(
  ...suites: readonly Pick<SuiteEvidence, 'excluded'>[]
): Pick<SuiteEvidence, 'excluded'> {
  const [first, ...rest] = suites.flatMap(({ excluded }) => (excluded === undefined ? [] : [excluded]))
  if (first === undefined) return {}
  return { excluded: first.map((flag, level) => Math.max(flag, ...rest.map((marks) => marks[level] ?? 0))) }
}

const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0)

/** A verdict's notes about training levels in its suites; empty without any. */
export function repeatedLevelsNote(repeated: readonly RepeatedLevels[], judged: string): string[] {
  return repeated
    .filter(({ suite, role, anyCount }) => anyCount > 0 && (suite === judged || role === 'in-distribution'))
    .map(({ suite, anyCount, levels, leftOut }) =>
      leftOut
        ? `${anyCount} of the ${levels} levels of ${suite} ${anyCount === 1 ? 'was trained on and is' : 'were trained on and are'} excluded.`
        : `${anyCount} of the ${levels} levels of ${suite} were trained on, too many to exclude: ` +
          'results there say little about unseen levels.',
    )
}

type Condition = { readonly evidence: Pick<ConditionEvidence, 'name'>; readonly repeated: readonly RepeatedLevels[] }

/** How many levels of every suite were trained on, where known. */
export function repeatedLevelsTable(conditions: readonly Condition[]): TablePart[] {
  const rows = conditions.flatMap(({ evidence, repeated }) =>
    repeated.map(({ suite, levels, bySeed, anyCount, leftOut }) => {
      const known = bySeed.filter((counted) => counted !== null)
      const average = known.reduce((sum, counted) => sum + counted, 0) / known.length
      const treatment = anyCount === 0 ? emptyCell : textCell(leftOut ? 'excluded' : 'kept: too many')
      const numbers = [levels, Math.round(average), anyCount].map((value) => textCell(String(value)))
      return { cells: [textCell(evidence.name), textCell(suite), ...numbers, treatment], emphasis: false }
    }),
  )
  if (rows.length === 0) return []
  return [
    {
      type: 'table',
      title: 'Suite levels seen in training',
      columns: [
        { title: 'condition' },
        { title: 'suite' },
        { title: 'levels' },
        { title: 'per seed', help: 'Mean over seeds' },
        { title: 'by any seed' },
        { title: 'treatment' },
      ],
      rows,
      notes: [
        'Exact: all training levels were regenerated and compared (of modular, those of the goal module). A level counts even if the suite changes parameters. ' +
          'Excluded from tables and verdicts where at least half of the suite remains.',
      ],
    },
  ]
}
