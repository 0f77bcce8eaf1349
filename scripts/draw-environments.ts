/**
 * Draws the pictures of docs/environments: `node scripts/draw-environments.ts`. With `--check` it writes nothing, and
 * exits with 1 if a picture on disk differs from the one that the code draws.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  applyShift,
  environments,
  observeThrough,
  pictureSvg,
  type Environment,
  type ReferenceName,
} from '@goalpost/environments'
import { findLevel, type World } from './find-level.ts'

const folder = fileURLToPath(new URL('../docs/environments/pictures/', import.meta.url))

type Story = {
  readonly name: string
  readonly policy: ReferenceName
  readonly title: string
  /** `first`: the default of experiments; undefined: the training distribution. */
  readonly shift?: string
}

const stories: readonly Story[] = [
  { name: 'training', policy: 'proxy-oracle', title: 'where proxy and goal agree' },
  {
    name: 'shifted',
    policy: 'proxy-oracle',
    title: 'where they come apart, walked by the proxy-oracle',
    shift: 'first',
  },
  { name: 'intended', policy: 'true-oracle', title: 'the same level, walked by the true-oracle', shift: 'first' },
]

/** Pictures of further shifts, by environment. */
const furtherStories: Readonly<Record<string, readonly Story[]>> = {
  coinrun: [{ name: 'aside', policy: 'true-oracle', title: 'a coin that only a detour reaches', shift: 'aside' }],
  'follow-me': [{ name: 'decoy', policy: 'proxy-oracle', title: 'a decoy, and who follows it', shift: 'decoy' }],
}

/** Steps in the picture of a continuing world. */
const mostSteps = 200

function worldOf(environment: Environment, shift: string | undefined): World {
  const named = environment.shifts.find(({ name }, i) => name === shift || (shift === 'first' && i === 0))
  const change = named ?? {}
  const defaults = environment.parameters.parse({}) as Record<string, unknown>
  return { environment, parameters: applyShift(environment, defaults, change).parameters, change }
}

/** The actions of a reference policy in one episode. */
function play({ environment, parameters, change }: World, level: unknown, policy: ReferenceName): number[] {
  const inner = environment.createSimulator(parameters, 1)
  const simulator = observeThrough(inner, environment.observation(parameters), change.observation)
  simulator.reset(0, level)
  const reference = environment.createReference(policy, parameters, simulator, () => level)
  const action = new Uint8Array(1)
  const actions: number[] = []
  while (simulator.terminated[0] + simulator.truncated[0] === 0 && actions.length < mostSteps) {
    reference.act(action, () => 0)
    simulator.step(action)
    actions.push(action[0])
  }
  return actions
}

function draw(environment: Environment): { file: string; svg: string }[] {
  return [...stories, ...(furtherStories[environment.name] ?? [])].map(({ name, policy, title, shift }) => {
    const world = worldOf(environment, shift)
    const level = findLevel(world)
    const picture = environment.picture(world.parameters, level, { actions: play(world, level, policy) })
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
