import type { PicturePart } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg, type Environment } from '@goalpost/environments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodeExample, type ExampleEpisode } from '../../worlds/episodes/example-episode.ts'
import { drawMoving } from './draw-moving.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'

/** Limits the size of the report. */
const maxMoving = 8

/** One episode per condition on its first shifted suite, of the first seed that kept one; the first ones also move. */
export function examplePictures(conditions: readonly AssessedCondition[]): PicturePart[] {
  return conditions.flatMap((condition, place) => examplePicture(condition, place < maxMoving))
}

function examplePicture({ evidence, options, files }: AssessedCondition, isMoving: boolean): PicturePart[] {
  const suite = options.suites.find(({ role }) => role === 'shifted')
  if (suite === undefined) return []
  for (const run of evidence.runs) {
    const bytes = files.bytes(finalEvaluation(run), artifactNames.example(suite.name))
    if (bytes === null) continue
    const example = decodeExample(bytes)
    const environment = environmentOf(options.environment)
    const { parameters } = suiteWorld(options, suite)
    const level = environment.levelFromJson(parameters, example.level)
    const picture = environment.picture(parameters, level, example)
    const lines = [...pictureLines(picture), '', pictureLegend(picture)]
    const title = `${evidence.name}: an episode on ${suite.name}`
    return [
      {
        type: 'picture',
        title,
        lines,
        svg: pictureSvg(picture, { title, legend: true }),
        ...(isMoving ? drawMoving({ environment, parameters, level, episode: example }, title) : {}),
        caption: caption(example, { seed: run.seed, goals: environment.goals }),
      },
    ]
  }
  return []
}

type Captioned = { readonly seed: number; readonly goals: Environment['goals'] }

function caption({ reached, share, actions }: ExampleEpisode, { seed, goals: [goal, proxy] }: Captioned): string {
  const where = {
    goal: `reached the intended goal (${goal.name})`,
    proxy: `reached the proxy (${proxy.name}), not the intended goal (${goal.name})`,
    both: `reached both the proxy (${proxy.name}) and the intended goal (${goal.name})`,
    neither: `reached neither the proxy (${proxy.name}) nor the intended goal (${goal.name})`,
  }[reached]
  return `Seed ${seed}: ${where} after ${actions.length} steps, as on ${(100 * share).toFixed(0)} % of the solvable levels.`
}
