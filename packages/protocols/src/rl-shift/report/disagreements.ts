import type { GalleryPart, Picture, TablePart } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg } from '@goalpost/environments'
import type { ArmComparison } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'
import { textCell } from './estimates.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'

type Row = TablePart['rows'][number]

/** A condition against the baseline, on one suite that both played. */
export type Disagreement = {
  readonly first: AssessedCondition
  readonly other: AssessedCondition
  readonly suite: string
  readonly comparison: Pick<ArmComparison, 'mostDifferent'>
}

/** For each condition and suite. */
const namedLevels = 5
const drawnLevels = 3
/** Limits the size of a comparison. */
const maxPictures = 24

/** The levels on which two conditions differ most, by their index in the suite; no table where they never differ. */
export function disagreementTable(disagreements: readonly Disagreement[]): TablePart[] {
  const rows = disagreements.flatMap(rowsOf)
  if (rows.length === 0) return []
  return [
    {
      type: 'table',
      title: 'Levels on which they disagree most',
      columns: ['condition', 'suite', 'level', 'baseline', 'this condition', 'difference'].map((title) => ({
        title,
      })),
      rows,
      notes: ['Mean true return over seeds and episodes on the same level, counted from 0.'],
    },
  ]
}

function rowsOf({ other, suite, comparison }: Disagreement): Row[] {
  return comparison.mostDifferent.slice(0, namedLevels).map(({ level, left, right }) => ({
    cells: [
      textCell(other.evidence.name),
      textCell(suite),
      textCell(String(level)),
      { estimate: { value: right } },
      { estimate: { value: left } },
      { estimate: { value: left - right } },
    ],
    emphasis: false,
  }))
}

/** What the first seed of each condition did on such levels, as far as their episodes were kept. */
export function disagreementGalleries(disagreements: readonly Disagreement[]): GalleryPart[] {
  let room = maxPictures
  return disagreements.flatMap((disagreement) => {
    const { other, first, suite } = disagreement
    const pairs = pairsOf(disagreement).slice(0, Math.min(drawnLevels, Math.floor(room / 2)))
    room -= 2 * pairs.length
    return pairs.length === 0
      ? []
      : [
          {
            type: 'gallery' as const,
            title: `${other.evidence.name} and ${first.evidence.name} on the same levels of ${suite}`,
            caption: 'The levels on which they disagree most, of those whose episodes were kept: one seed of each.',
            pictures: pairs.flat(),
          },
        ]
  })
}

function pairsOf({ first, other, suite, comparison }: Disagreement): Picture[][] {
  return comparison.mostDifferent.flatMap(({ level, left, right }) => {
    const before = drawKept(first, { suite, level, mean: right })
    const after = drawKept(other, { suite, level, mean: left })
    return before === null || after === null ? [] : [[before, after]]
  })
}

type Drawn = { readonly suite: string; readonly level: number; readonly mean: number }

/** Null where no seed kept its episode on the level. */
function drawKept(
  { evidence, options, files }: AssessedCondition,
  { suite: name, level, mean }: Drawn,
): Picture | null {
  const suite = options.suites.find((one) => one.name === name)
  if (suite === undefined) return null
  const artifact = artifactNames.keptEpisodes(name, options.evaluation.acting[0])
  const environment = environmentOf(options.environment)
  const { parameters } = suiteWorld(options, suite)
  for (const run of evidence.runs) {
    const episode = files.episodes(finalEvaluation(run), artifact)?.episodes.find(({ index }) => index === level)
    if (episode === undefined) continue
    const picture = environment.picture(parameters, files.readLevel(environment, parameters, episode.level), episode)
    const title = `level ${level}: ${evidence.name}, seed ${run.seed}`
    return {
      title,
      lines: [...pictureLines(picture), '', pictureLegend(picture)],
      svg: pictureSvg(picture, { title, legend: true }),
      caption: `${episode.actions.length} steps. Mean true return of all seeds here: ${mean.toFixed(3)}.`,
    }
  }
  return null
}
