import { environments } from '@goalpost/environments'
import type { ContestantCommand } from '../learning/contestant.ts'
import { peer } from '../learning/contests.ts'
import { setting } from './rollout.ts'
import type { StepsRequest } from './steps.ts'

export type Entrant = {
  readonly command: ContestantCommand
  /** Bytes of an observation. */
  readonly bytes: number
  /** The environment, if it has its default parameters. */
  readonly world?: string
  /** Our world to compare it with. */
  readonly rival?: string
  /** Million steps per second that jaxgmg published for a laptop; its number of dish channels is unknown. */
  readonly jaxgmg?: number
}

const jaxgmgLaptop: Readonly<Record<string, number>> = {
  corner: 3.2,
  dish: 6.9,
  keys: 1.8,
  'follow-me': 2.1,
  'lava-land': 7.3,
  'monster-world': 0.6,
}

/**
 * Makes the C library write large copies past the caches (glibc on x86; others ignore it). A rollout's buffer is read
 * when it is full, long after it has left the caches.
 */
const streamingCopies = { GLIBC_TUNABLES: 'glibc.cpu.x86_non_temporal_threshold=0x10000' }

export type Peers = {
  /** A Python with JAX. */
  readonly python: string
  /** The folder where benchmarks/peers/procgen/build.sh has built Procgen. */
  readonly procgen?: string | undefined
}

/** Every world, each with default and with streaming copies; sizes of two of them; a naive one; JAX; Procgen. */
export function listEntrants({ python, procgen }: Peers): readonly Entrant[] {
  const worlds = [...environments.keys()].flatMap((environment) => {
    const more = { world: environment, jaxgmg: jaxgmgLaptop[environment] }
    return both(ours(environment, { environment }), more)
  })
  return [
    ...worlds,
    ...both(ours('dish, D = 1', { environment: 'dish', parameters: { dishes: 1 } }), {}),
    ours('coinrun, pixels', { environment: 'coinrun', parameters: { view: 'pixels' } }),
    ours('coinrun, everything', {
      environment: 'coinrun',
      parameters: { difficulty: 3, walkers: true, maxSteps: 1000 },
    }),
    ours('coinrun, everything, pixels', {
      environment: 'coinrun',
      parameters: { difficulty: 3, walkers: true, maxSteps: 1000, view: 'pixels' },
    }),
    ...(['goal-navigation', 'keys-chests'] as const).map((environment) =>
      ours(`${environment}, pixels`, { environment, parameters: { view: 'pixels' } }),
    ),
    ours('maze, pixels', { environment: 'maze', parameters: { view: 'pixels' } }),
    ours('maze-colour-shape, symbols', { environment: 'maze-colour-shape', parameters: { view: 'symbolic' } }),
    ours('corner 5×5', { environment: 'corner', parameters: { size: 5, maxSteps: 32 } }),
    ours('corner, naive', { environment: 'corner', naive: true }),
    ...['corner', 'keys'].map((world) => jax(world, python)),
    ...(procgen === undefined ? [] : listProcgen(procgen)),
  ]
}

function both(entrant: Entrant, more: Partial<Entrant>): Entrant[] {
  const { command } = entrant
  const streaming = { ...command, name: `${command.name}, streaming`, environment: streamingCopies }
  return [
    { ...entrant, ...more },
    { ...entrant, ...more, command: streaming },
  ]
}

function ours(name: string, request: StepsRequest): Entrant {
  const script = new URL('steps.ts', import.meta.url).pathname
  return {
    command: { name, command: process.execPath, args: [script, JSON.stringify(request)] },
    bytes: bytesOf(request),
  }
}

function jax(world: string, python: string): Entrant {
  const { batch: environments, rolloutSteps, alpha } = setting
  const command = peer(`${world}, JAX`, python, 'random_steps_jax.py', { world, environments, rolloutSteps, alpha })
  return { command, bytes: bytesOf({ environment: world }), rival: world }
}

/** Procgen's numbers of our six actions, so that agents get as far as ours: of its own list seven of 15 are to wait. */
const procgenActions = '1,4,7,2,5,8'

/** Its CoinRun in its default, the hard mode, with several numbers of environments, and in the easy one. */
function listProcgen(folder: string): Entrant[] {
  const modes = [
    [1, 'hard'] as const,
    [64, 'hard'] as const,
    [setting.batch, 'hard'] as const,
    [setting.batch, 'easy'] as const,
  ]
  return modes.map(([environments, mode]) => {
    const args = [folder, environments, (setting.batch * setting.rolloutSteps) / environments, mode, procgenActions]
    const name = `coinrun, Procgen, ${mode}, ${environments} at once`
    return {
      command: { name, command: `${folder}/random-steps`, args: args.map(String) },
      bytes: bytesOf({ environment: 'coinrun', parameters: { view: 'pixels' } }),
    }
  })
}

function bytesOf({ environment: name, parameters = {} }: StepsRequest): number {
  const environment = environments.get(name)
  if (environment === undefined) throw new Error(`there is no environment called ${name}`)
  const { shape } = environment.observation(environment.parameters.parse(parameters))
  return shape[0] * shape[1] * shape[2]
}
