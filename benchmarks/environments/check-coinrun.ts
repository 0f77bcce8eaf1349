/**
 * Whether our coinrun has the rules of Procgen's: episodes of Procgen are played again in ours, on the same levels with
 * the same actions, and the places of the agent and the walkers are compared after every step, as are coins and ends.
 *
 *   npx node benchmarks/environments/check-coinrun.ts --procgen folder [--episodes 1000] [--steps 200] [--mode hard|easy]
 *
 * `--procgen` is a folder in which benchmarks/peers/procgen/build.sh has built it. Ends with 1 if an episode differs for
 * another reason than those that docs/environments/coinrun.md names: Procgen slows walkers down at walls and moves them at
 * crates, and rounding decides whether an agent touches what it is exactly level with.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { halfHeight } from '../../packages/environments/src/coinrun/body.ts'
import { tile, type CoinrunLevel } from '../../packages/environments/src/coinrun/level.ts'
import { createCoinrunSimulator } from '../../packages/environments/src/coinrun/simulator.ts'
import { coinrunParameters } from '../../packages/environments/src/coinrun/parameters.ts'
import { readLevel, type FollowedEpisode, type FollowedStep } from './procgen-level.ts'

const { values } = parseArgs({
  options: {
    procgen: { type: 'string', default: '.' },
    episodes: { type: 'string', default: '1000' },
    steps: { type: 'string', default: '200' },
    mode: { type: 'string', default: 'hard' },
  },
})

/**
 * In cells. Rounding decides whether an agent beside a wall is stopped in the last part of a step, up to .01 within the wall, or
 * only in the next step.
 */
const tolerance = 0.02
const walkerSpeed = 0.15
/** In cells, in x: what the agent touches or may touch in the next step. */
const reach = 1.5

const parameters = coinrunParameters.parse({ difficulty: 3, walkers: true, maxSteps: 100_000 })
const simulator = createCoinrunSimulator(parameters, 1)

/** Ours by the numbers of Procgen: left and right, the same with a jump, to wait, to jump. */
const actions: Readonly<Record<number, number>> = { 1: 0, 4: 1, 7: 2, 2: 3, 5: 4, 8: 5 }

/** Of an episode. The agent is compared to the end, or until it differs after walkers have. */
const outcomes = {
  same: 'the same, walkers included',
  slowed: 'the same agent, while a wall has slowed down a walker',
  moved: 'the same agent, while a walker was moved otherwise',
  afterwards: 'the same until such a walker mattered',
  rounding: 'the same until the agent was exactly level with a top, where rounding decides',
  different: 'different',
} as const
type Outcome = keyof typeof outcomes

const differ = (one: number, other: number) => Math.abs(one - other) > tolerance

/** What Procgen has done to walkers that ours does not do. */
function compareWalkers([, , , , walkers = []]: FollowedStep): 'slowed' | 'moved' | 'same' {
  if (walkers.some(([, , speed]) => Math.abs(speed) < walkerSpeed - 1e-3)) return 'slowed'
  const { x, row } = simulator.episodes.walkers
  const elsewhere = walkers.some((walker, i) => differ(walker[0], x[i]) || differ(walker[1], row[i] + 0.5))
  return elsewhere ? 'moved' : 'same'
}

/** Takes a step of ours; returns whether coin, end and the agent's place are as in Procgen. */
function repeatStep([action, coin, ended, agent]: FollowedStep): boolean {
  simulator.step(Uint8Array.of(actions[action]))
  if (simulator.goalRewards[0][0] !== coin || simulator.terminated[0] !== ended) return false
  const { x, y } = simulator.episodes.bodies
  return agent === undefined || !(differ(x[0], agent[0]) || differ(y[0], agent[1]))
}

/**
 * Whether an agent's feet are exactly as high as the top of a crate, saw or walker beside or below it, where rounding decides
 * whether they touch. This is frequent, as jumps rise by tenths.
 */
function isLevelWithTop({ tiles, width }: CoinrunLevel, x: number, y: number): boolean {
  const feet = Math.round(y - halfHeight)
  if (Math.abs(y - halfHeight - feet) > 1e-4) return false
  const near = [-reach, -0.5, 0.5, reach].map((dx) => tiles[(feet - 1) * width + Math.floor(x + dx)])
  const { walkers } = simulator.episodes
  const walks = walkers.x
    .subarray(0, walkers.count[0])
    .some((at, i) => Math.abs(at - x) < reach && walkers.row[i] === feet - 1)
  return walks || near.includes(tile.crate) || near.includes(tile.saw)
}

/** Whether this happened to Procgen's agent before or in this step, or to ours in it. */
function mayBeRounding(level: CoinrunLevel, steps: readonly FollowedStep[]): boolean {
  const { x, y } = simulator.episodes.bodies
  const places = [[x[0], y[0]] as const, ...steps.flatMap(([, , , agent]) => (agent === undefined ? [] : [agent]))]
  return places.some((place) => isLevelWithTop(level, place[0], place[1]))
}

function repeatEpisode(episode: FollowedEpisode): { readonly outcome: Outcome; readonly steps: number } {
  const level = readLevel(episode)
  simulator.reset(0, level, 0)
  let walkers: 'slowed' | 'moved' | 'same' = 'same'
  for (const [steps, step] of episode.steps.entries()) {
    if (!repeatStep(step)) {
      if (mayBeRounding(level, episode.steps.slice(Math.max(0, steps - 1), steps + 1)))
        return { outcome: 'rounding', steps }
      return { outcome: walkers === 'same' ? 'different' : 'afterwards', steps }
    }
    if (walkers === 'same') walkers = compareWalkers(step)
  }
  return { outcome: walkers, steps: episode.steps.length }
}

const follower = spawn(`${values.procgen}/follow`, [values.procgen, values.mode, values.episodes, values.steps], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const counts: Record<Outcome, number> = { same: 0, slowed: 0, moved: 0, afterwards: 0, rounding: 0, different: 0 }
let [episodes, compared, coins, ends] = [0, 0, 0, 0]
for await (const line of createInterface({ input: follower.stdout })) {
  const episode = JSON.parse(line) as FollowedEpisode
  const { outcome, steps } = repeatEpisode(episode)
  counts[outcome]++
  if (outcome === 'different') console.log(`episode ${episodes} differs in step ${steps}`)
  episodes++
  compared += steps
  coins += episode.steps.at(-1)?.[1] ?? 0
  ends += episode.steps.at(-1)?.[2] ?? 0
}
console.log(
  `${episodes} episodes of Procgen, ${coins} with the coin and ${ends - coins} others with an end; ${compared} steps compared`,
)
for (const [outcome, count] of Object.entries(counts)) console.log(`${count}: ${outcomes[outcome as Outcome]}`)
if (episodes === 0 || counts.different > 0) process.exitCode = 1
