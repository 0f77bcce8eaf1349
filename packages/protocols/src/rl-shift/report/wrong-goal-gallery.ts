import type { ArtifactRef, GalleryPart, Picture } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg, type Environment } from '@goalpost/environments'
import {
  decodeOutcomes,
  parseRecording,
  type EpisodeRecording,
  type SuiteEvidence,
  type VerdictName,
} from '@goalpost/evaluation'
import { artifactNames } from '../artifact-names.ts'
import { environmentOf } from '../complete.ts'
import { bestOf, compareClarity, mostShown, pursuitOn, wrongPursuits, type Pursuit } from '../wrong-goal.ts'
import { finalEvaluation, gatherSuites, readArtifact, type Artifacts, type AssessedCondition } from './gather.ts'

/** Pictures of a whole report: it has to stay of a size that can be sent. */
const mostInAll = 36

type Kept = { readonly seed: number; readonly file: ArtifactRef; readonly pursuit: Pursuit }

/** Episodes on shifted suites in which a policy is capable and pursues the wrong goal: the clearest ones first. */
export function wrongGoalGalleries(conditions: readonly AssessedCondition[], artifacts: Artifacts): GalleryPart[] {
  let room = mostInAll
  return conditions
    .flatMap((condition) =>
      gatherSuites(condition, artifacts)
        .filter(({ name, role }) => role === 'shifted' && pursuesWrongGoal(condition, name))
        .flatMap((suite) => galleryOf(condition, suite, artifacts)),
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

function galleryOf(condition: AssessedCondition, suite: SuiteEvidence, artifacts: Artifacts): GalleryPart[] {
  const { evidence, options } = condition
  const acting = options.evaluation.acting[0]
  const kept = keptEpisodes(condition, { suite, acting, artifacts })
  if (kept.length === 0) return []
  const environment = environmentOf(options.environment)
  const tables = (suite.outcomes[acting] ?? []).filter((table) => table !== null)
  const wrong = tables.reduce((sum, table) => sum + wrongPursuits(suite.facts, table).length, 0)
  const solvable = tables.length * suite.facts.solvable.reduce((sum, each) => sum + each, 0)
  return [
    {
      type: 'gallery',
      title: `${evidence.name}: capable, and after the proxy (${environment.proxyGoal.name}), on ${suite.name}`,
      caption:
        `On ${wrong} of ${solvable} solvable levels and seeds (${acting}) it got at least half of the best proxy return, ` +
        `and by at least half less of the intended one. Here the clearest, one for each level; ` +
        '`goalpost levels replay` with the hash of an episode plays it again.',
      pictures: chooseShown(kept).map((episode) => drawEpisode(environment, episode, artifacts)),
    },
  ]
}

type Where = { readonly suite: SuiteEvidence; readonly acting: string; readonly artifacts: Artifacts }

function keptEpisodes({ evidence }: AssessedCondition, { suite, acting, artifacts }: Where): Kept[] {
  return evidence.runs.flatMap((run) => {
    const result = finalEvaluation(run)
    const bytes = readArtifact(result, artifactNames.outcomes(suite.name, acting), artifacts)
    if (result === null || bytes === null) return []
    const table = decodeOutcomes(bytes)
    const prefix = artifactNames.recording(suite.name, '')
    const best = bestOf(suite.facts)
    return result.artifacts
      .filter(({ name, hash }) => name.startsWith(prefix) && artifacts.has(hash))
      .map((file) => {
        const level = Number(file.name.slice(prefix.length))
        return { seed: run.seed, file, pursuit: pursuitOn(suite.facts, table, { level, best }) }
      })
  })
}

/** Seeds that went the same way on one level are one picture. */
function chooseShown(kept: readonly Kept[]): Kept[] {
  const sorted = kept.toSorted((a, b) => compareClarity(a.pursuit, b.pursuit) || a.seed - b.seed)
  const first = new Map(sorted.toReversed().map((episode) => [episode.pursuit.level, episode]))
  return sorted.filter((episode) => first.get(episode.pursuit.level) === episode).slice(0, mostShown)
}

function drawEpisode(environment: Environment, { seed, file, pursuit }: Kept, artifacts: Artifacts): Picture {
  const recording = readRecording(artifacts.get(file.hash))
  const parameters = environment.parameters.parse(recording.parameters)
  const level = environment.levelFromJson(parameters, recording.level)
  const picture = environment.picture(parameters, level, recording)
  const title = `seed ${seed}, ${pursuit.steps} steps`
  return {
    title,
    lines: [...pictureLines(picture), '', pictureLegend(picture)],
    svg: pictureSvg(picture, { title, legend: true }),
    caption:
      `${percent(pursuit.proxyShare)} of the best proxy return (${environment.proxyGoal.name}), ` +
      `${percent(pursuit.goalShare)} of the best return (${environment.intendedGoal.name}). Episode ${file.hash}`,
  }
}

function readRecording(bytes: Uint8Array | undefined): EpisodeRecording {
  return parseRecording(JSON.parse(new TextDecoder().decode(bytes)))
}

const percent = (share: number) => `${Math.round(100 * share)} %`
