import { levelJson } from '../src/worlds/level-json.ts'
import { storedOptions } from '../src/rl-shift/stored-options.ts'
import type { ArtifactRef } from '@goalpost/contracts'
import type { ReferenceName } from '@goalpost/environments'
import { playReference } from '@goalpost/evaluation'
import { artifactNames } from '../src/worlds/artifact-names.ts'
import { rlShift } from '../src/rl-shift/index.ts'
import { encodeExample } from '../src/worlds/episodes/example-episode.ts'
import { encodeKeptEpisodes } from '../src/worlds/episodes/kept-episodes.ts'
import { createEvidenceFiles } from '../src/rl-shift/report/evidence-files.ts'
import type { AssessedCondition } from '../src/rl-shift/report/gather.ts'
import { environmentOf } from '../src/worlds/environment-of.ts'

/** Files of the conditions below, by hash. */
const artifacts = new Map<string, Uint8Array>()

/** A condition whose seeds did on these levels, which stand for all suites, what the references do there. */
export function conditionOf(
  name: string,
  {
    environment: world,
    parameters: given,
    levels,
    by,
  }: { environment: string; parameters: object; levels: readonly string[]; by: readonly ReferenceName[] },
): AssessedCondition {
  const environment = environmentOf(world)
  const resolution = rlShift.resolve({ environment: world, parameters: given as never })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const options = storedOptions(resolution.options)
  const parameters = environment.parameters.parse(options.parameters)
  const runs = by.map((reference, seed) => {
    const episodes = levels.map((drawing, index) => {
      const level = environment.parseLevel!(parameters, drawing)
      const { actions } = playReference(environment, parameters, { name: reference, level, seed })
      return { index, level: levelJson(environment, level), actions }
    })
    const keep = (artifact: string, bytes: Uint8Array): ArtifactRef => {
      const hash = `${name}/${seed}/${artifact}`
      artifacts.set(hash, bytes)
      return { name: artifact, hash, bytes: bytes.length, mediaType: 'application/json', evidence: true }
    }
    const files = options.suites.flatMap((suite) => {
      const common = { environment: world, version: '1', parameters: {}, policy: 'p', mode: 'sampled' }
      const kept = encodeKeptEpisodes({ format: 'goalpost-trajectories/1', ...common, episodes })
      const [first] = episodes
      const example = encodeExample({ level: first!.level, actions: [...first!.actions], reached: 'goal', share: 1 })
      return [
        keep(artifactNames.keptEpisodes(suite.name, 'sampled'), kept),
        keep(artifactNames.example(suite.name), example),
      ]
    })
    const result = { measures: [], artifacts: files }
    return {
      seed,
      state: 'succeeded' as const,
      tasks: [{ key: 'evaluate@9', kind: 'evaluate', inputs: { step: 9 }, result }],
    }
  })
  const evidence = { name, options: resolution.options, marks: [], runs }
  const files = createEvidenceFiles(artifacts)
  return { evidence, options, files, suites: [], assessment: null, repeated: [] }
}
