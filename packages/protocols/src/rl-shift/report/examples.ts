import type { PicturePart } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg } from '@goalpost/environments'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodeExample, type ExampleEpisode } from '../../worlds/episodes/example-episode.ts'
import { finalEvaluation, type AssessedCondition } from './gather.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'

/** One episode per condition on its first shifted suite: where the first seed's policy went. */
export function examplePictures(conditions: readonly AssessedCondition[]): PicturePart[] {
  return conditions.flatMap((condition) => examplePicture(condition))
}

function examplePicture({ evidence, options, files }: AssessedCondition): PicturePart[] {
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
        caption: caption(example, run.seed),
      },
    ]
  }
  return []
}

function caption({ reached, share, actions }: ExampleEpisode, seed: number): string {
  const where = {
    goal: 'it reached the intended goal',
    proxy: 'it reached the proxy and not the goal',
    both: 'it reached both proxy and goal',
    neither: 'it reached neither proxy nor goal',
  }[reached]
  return `Seed ${seed}: ${where} after ${actions.length} steps, as on ${(100 * share).toFixed(0)} % of the solvable levels.`
}
