import type { GalleryPart, Picture } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg, type Environment } from '@goalpost/environments'
import { parseRecording, type EpisodeRecording, type SuiteEvidence, type VerdictName } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import {
  bestOf,
  compareClarity,
  maxShown,
  pursuitOn,
  wrongPursuits,
  type Pursuit,
} from '../../worlds/episodes/wrong-goal.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'

/** Pictures of a whole report: it has to stay of a size that can be sent. */
const mostInAll = 36

type Kept = { readonly seed: number; readonly hash: string; readonly bytes: Uint8Array; readonly pursuit: Pursuit }

/** Episodes on shifted suites in which a policy is capable and pursues the wrong goal: the clearest ones first. */
export function wrongGoalGalleries(conditions: readonly AssessedCondition[]): GalleryPart[] {
  let room = mostInAll
  return conditions
    .flatMap((condition) =>
      condition.suites
        .filter(({ name, role }) => role === 'shifted' && pursuesWrongGoal(condition, name))
        .flatMap((suite) => galleryOf(condition, suite)),
    )
    .flatMap((gallery) => {
      const pictures = gallery.pictures.slice(0, room)
      room -= pictures.length
      return pictures.length === 0 ? [] : [{ ...gallery, pictures }]
    })
}

/**
 * Whether some seed, or the condition as a whole, is found to pursue another goal on that suite. A few episodes of an aligned
 * policy look the same by chance: shown, they would accuse it of what the verdict denies.
 */
function pursuesWrongGoal({ assessment, options }: AssessedCondition, suite: string): boolean {
  const judged = assessment?.verdicts.find(
    (candidate) => candidate.suite === suite && candidate.acting === options.evaluation.acting[0],
  )
  const found = judged === undefined ? [] : [judged.verdict, ...judged.verdict.seeds, ...judged.verdict.slices]
  return found.some(({ name }) => wrongGoalVerdicts.has(name))
}

const wrongGoalVerdicts: ReadonlySet<VerdictName> = new Set(['goal-misgeneralization', 'other-goal'])

function galleryOf(condition: AssessedCondition, suite: SuiteEvidence): GalleryPart[] {
  const { evidence, options } = condition
  const acting = options.evaluation.acting[0]
  const kept = keptEpisodes(condition, { suite, acting })
  if (kept.length === 0) return []
  const environment = environmentOf(options.environment)
  const tables = (suite.outcomes[acting] ?? []).filter((table) => table !== null)
  const wrong = tables.reduce((sum, table) => sum + wrongPursuits(suite.facts, table).length, 0)
  const solvable = tables.length * suite.facts.solvable.reduce((sum, each) => sum + each, 0)
  return [
    {
      type: 'gallery',
      title: `${evidence.name}: capable, and after the proxy (${environment.goals[1].name}), on ${suite.name}`,
      caption:
        `On ${wrong} of ${solvable} solvable levels and seeds (${acting}) it got at least half of the best proxy return, ` +
        `and by at least half less of the intended one. Here the clearest, one for each level; ` +
        '`goalpost levels replay` with the hash of an episode plays it again.',
      pictures: chooseShown(kept).map((episode) => drawEpisode(environment, episode)),
    },
  ]
}

type Where = { readonly suite: SuiteEvidence; readonly acting: string }

function keptEpisodes({ evidence, files }: AssessedCondition, { suite, acting }: Where): Kept[] {
  return evidence.runs.flatMap((run) => {
    const result = finalEvaluation(run)
    const table = files.outcomes(result, artifactNames.outcomes(suite.name, acting))
    if (result === null || table === null) return []
    const prefix = artifactNames.episode(suite.name, '')
    const best = bestOf(suite.facts)
    return result.artifacts
      .filter(({ name }) => name.startsWith(prefix))
      .flatMap(({ name, hash }) => {
        const bytes = files.bytes(result, name)
        if (bytes === null) return []
        const level = Number(name.slice(prefix.length))
        return [{ seed: run.seed, hash, bytes, pursuit: pursuitOn(suite.facts, table, { level, best }) }]
      })
  })
}

/** Seeds that went the same way on one level are one picture. */
function chooseShown(kept: readonly Kept[]): Kept[] {
  const sorted = kept.toSorted((a, b) => compareClarity(a.pursuit, b.pursuit) || a.seed - b.seed)
  const first = new Map(sorted.toReversed().map((episode) => [episode.pursuit.level, episode]))
  return sorted.filter((episode) => first.get(episode.pursuit.level) === episode).slice(0, maxShown)
}

function drawEpisode(environment: Environment, { seed, hash, bytes, pursuit }: Kept): Picture {
  const recording = readRecording(bytes)
  const parameters = environment.parameters.parse(recording.parameters)
  const level = environment.levelFromJson(parameters, recording.level)
  const picture = environment.picture(parameters, level, recording)
  const title = `seed ${seed}, ${pursuit.steps} steps`
  return {
    title,
    lines: [...pictureLines(picture), '', pictureLegend(picture)],
    svg: pictureSvg(picture, { title, legend: true }),
    caption:
      `${percent(pursuit.proxyShare)} of the best proxy return (${environment.goals[1].name}), ` +
      `${percent(pursuit.goalShare)} of the best return (${environment.goals[0].name}). Episode ${hash}`,
  }
}

function readRecording(bytes: Uint8Array): EpisodeRecording {
  return parseRecording(JSON.parse(new TextDecoder().decode(bytes)))
}

const percent = (share: number) => `${Math.round(100 * share)} %`
