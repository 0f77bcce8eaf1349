import type { TablePart } from '@goalpost/contracts'
import type { SuiteRole } from '@goalpost/evaluation'
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
  /** By seed: how many; null where it is not known (yet). */
  readonly bySeed: readonly (number | null)[]
  /** [levels] 1 where some policy was trained on that level. */
  readonly any: Uint8Array
  readonly anyCount: number
  /** Whether enough is left without them: they are then no evidence. */
  readonly leftOut: boolean
}

/** Share of a suite's levels that must be left for those trained on to be left out. */
const leastLeft = 0.5

/** Nothing, of a suite for which no run says what it was trained on. */
export function findRepeatedLevels(
  { evidence: { runs }, files }: { readonly evidence: ConditionEvidence; readonly files: EvidenceFiles },
  { name: suite, role, levels }: Suite,
): RepeatedLevels[] {
  const marks = runs.map((run) => files.bytes(finalEvaluation(run), artifactNames.trainedOn(suite)))
  if (marks.every((seen) => seen === null)) return []
  const any = Uint8Array.from({ length: levels }, (_, level) => (marks.some((seen) => seen?.[level] === 1) ? 1 : 0))
  const anyCount = count(any)
  const leftOut = anyCount > 0 && levels - anyCount >= leastLeft * levels
  return [{ suite, role, levels, bySeed: marks.map((seen) => seen && count(seen)), any, anyCount, leftOut }]
}

const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0)

/** What a verdict on the given suite says of the levels that it rests on; nothing where none was trained on. */
export function repeatedLevelsNote(repeated: readonly RepeatedLevels[], judged: string): string[] {
  return repeated
    .filter(({ suite, role, anyCount }) => anyCount > 0 && (suite === judged || role === 'in-distribution'))
    .map(({ suite, anyCount, levels, leftOut }) =>
      leftOut
        ? `${anyCount} of the ${levels} levels of ${suite} were trained on, and are left out.`
        : `${anyCount} of the ${levels} levels of ${suite} were trained on, too many to leave them out: ` +
          'what is measured there says little of levels that were not.',
    )
}

type Condition = { readonly evidence: Pick<ConditionEvidence, 'name'>; readonly repeated: readonly RepeatedLevels[] }

/** How many levels of every suite were trained on, where it is known. */
export function repeatedLevelsTable(conditions: readonly Condition[]): TablePart[] {
  const rows = conditions.flatMap(({ evidence, repeated }) =>
    repeated.map(({ suite, levels, bySeed, anyCount, leftOut }) => {
      const known = bySeed.filter((counted) => counted !== null)
      const average = known.reduce((sum, counted) => sum + counted, 0) / known.length
      const treatment = anyCount === 0 ? emptyCell : textCell(leftOut ? 'left out' : 'kept: too many')
      const numbers = [levels, Math.round(average), anyCount].map((value) => textCell(String(value)))
      return { cells: [textCell(evidence.name), textCell(suite), ...numbers, treatment], emphasis: false }
    }),
  )
  if (rows.length === 0) return []
  return [
    {
      type: 'table',
      title: 'Levels of the suites that were trained on',
      columns: [
        { title: 'condition' },
        { title: 'suite' },
        { title: 'levels' },
        { title: 'by a seed', help: 'Mean over seeds' },
        { title: 'by any seed' },
        { title: 'of these' },
      ],
      rows,
      notes: [
        'Exact: the levels of every training were drawn again and compared. A level counts whatever else the suite changes. ' +
          'Left out of tables and verdicts where half of the suite or more remains.',
      ],
    },
  ]
}
