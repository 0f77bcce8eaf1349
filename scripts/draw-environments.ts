/**
 * Draws the pictures of docs/environments: `node scripts/draw-environments.ts`. With `--check` it writes nothing, and
 * exits with 1 where a picture on disk is not the one that the code draws.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { environments, pictureSvg, sampleMixture, type Environment, type ReferenceName } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

const folder = fileURLToPath(new URL('../docs/environments/pictures/', import.meta.url))

const stories = [
  { name: 'training', alpha: 0, policy: 'proxy-oracle', title: 'where proxy and goal agree' },
  { name: 'shifted', alpha: 1, policy: 'proxy-oracle', title: 'where they come apart, walked by the proxy-oracle' },
  { name: 'intended', alpha: 1, policy: 'true-oracle', title: 'the same level, walked by the true-oracle' },
] as const satisfies readonly { name: string; alpha: number; policy: ReferenceName; title: string }[]

/** The first level on which both goals can be reached, on ways that are worth looking at. */
function findLevel(environment: Environment, parameters: unknown, alpha: number): unknown {
  const stream = createStream(1).named('pictures')
  const { discount } = environment.horizon(parameters)
  for (let index = 0; ; index++) {
    const level = sampleMixture({ environment, parameters, alpha }, stream, index)
    const { optimalReturn, optimalProxyReturn } = environment.solve(parameters, level)
    const reached = Math.min(optimalReturn, optimalProxyReturn) > 0
    const apart = alpha === 0 || Math.abs(optimalReturn - optimalProxyReturn) > 1 - discount ** 4
    if (reached && apart && Math.max(optimalReturn, optimalProxyReturn) < discount ** 9) return level
  }
}

/** The actions of a reference policy in one episode. */
function play(environment: Environment, parameters: unknown, level: unknown, policy: ReferenceName): number[] {
  const simulator = environment.createSimulator(parameters, 1)
  simulator.reset(0, level)
  const reference = environment.createReference(policy, parameters, simulator, () => level)
  const action = new Uint8Array(1)
  const actions: number[] = []
  while (simulator.terminated[0] + simulator.truncated[0] === 0) {
    reference.act(action, () => 0)
    simulator.step(action)
    actions.push(action[0])
  }
  return actions
}

function draw(environment: Environment): { file: string; svg: string }[] {
  const parameters = environment.parameters.parse({})
  return stories.map(({ name, alpha, policy, title }) => {
    const level = findLevel(environment, parameters, alpha)
    const picture = environment.picture(parameters, level, play(environment, parameters, level, policy))
    return {
      file: `${environment.name}-${name}.svg`,
      svg: pictureSvg(picture, { title: `${environment.title}: ${title}`, cellPixels: 16 }),
    }
  })
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

const pictures = [...environments.values()].flatMap(draw)
if (process.argv.includes('--check')) {
  const stale = pictures.filter(({ file, svg }) => readIfThere(folder + file) !== svg)
  for (const { file } of stale) console.error(`docs/environments/pictures/${file} is not what the code draws`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  mkdirSync(folder, { recursive: true })
  for (const { file, svg } of pictures) writeFileSync(folder + file, svg)
}
