/**
 * Whether the keys world of benchmarks/peers/keys_world_jax.py equals ours: random episodes of both are played, and
 * levels, returns and keys held are compared. `npx node benchmarks/environments/check-keys.ts --python <python>`
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { environments } from '@goalpost/environments'
import { createStream, type Stream } from '@goalpost/random'

const { values } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } })
const episodes = 40_000

const keys = environments.get('keys')
if (keys === undefined) throw new Error('there is no environment called keys')
const parameters = keys.parameters.parse({})
const { discount } = keys.horizon(parameters)
const channels = keys.observation(parameters).channels
const simulator = keys.createSimulator(parameters, 1)

type Figures = Readonly<Record<string, number>>

/** Figures of the level, and of an episode of a uniform random policy. */
function playEpisode(stream: Stream): Figures {
  const random = stream.at(0)
  const actions = new Uint8Array(1)
  const seen = channels.map((_, channel) => simulator.observations.filter((bit, at) => at % 5 === channel && bit === 1))
  const [walls, mice, chests, keysSeen] = seen.map(({ length }) => length)
  const totals = { return: 0, 'chests opened': 0, held: 0, steps: 0 }
  do {
    actions[0] = random.integer(keys?.actions.length ?? 0)
    simulator.step(actions)
    totals.return += discount ** totals.steps * simulator.goalRewards[0][0]
    totals['chests opened'] += simulator.goalRewards[0][0]
    totals.held += simulator.goalRewards[1][0]
    totals.steps++
  } while (simulator.terminated[0] === 0 && simulator.truncated[0] === 0)
  const { held, ...rest } = totals
  return { walls, mice, chests, keys: keysSeen, ...rest, 'mean keys held': held / totals.steps }
}

/** By figure, mean and standard error. */
function summarize(played: readonly Figures[]): Record<string, readonly [mean: number, error: number]> {
  const names = Object.keys(played[0] ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const mean = played.reduce((sum, figures) => sum + figures[name], 0) / played.length
      const variance = played.reduce((sum, figures) => sum + (figures[name] - mean) ** 2, 0) / (played.length - 1)
      return [name, [mean, Math.sqrt(variance / played.length)]]
    }),
  )
}

const known = keys.distributions.map((distribution) => {
  const streams = createStream(1).named(distribution.name)
  const played = Array.from({ length: episodes }, (_, index) => {
    simulator.reset(0, distribution.sample(parameters, streams.at(index)))
    return playEpisode(streams.named(`actions of episode ${index}`))
  })
  return [distribution.name, summarize(played)] as const
})
const script = new URL('../peers/keys_check.py', import.meta.url).pathname
const { status, error } = spawnSync(values.python, [script, JSON.stringify(Object.fromEntries(known))], {
  stdio: 'inherit',
})
if (error !== undefined) throw error
process.exitCode = status ?? 1
