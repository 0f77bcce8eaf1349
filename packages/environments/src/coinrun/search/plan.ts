import type { Bodies } from '../body.ts'
import { beginLevel, createEpisodes } from '../episodes.ts'
import { endOf, type CoinrunLevel } from '../level.ts'
import { coinrunParameters } from '../parameters.ts'
import { coinBit, counterpartBit } from '../terrain.ts'
import type { Walkers } from '../walkers.ts'
import { createPathFinder, type Effort, type PathRequest } from './path-finder.ts'

/** `end`: without touching the coin on the way, which would end the episode. */
export type Target = 'coin' | 'end'

/** A state to plan from. */
export type Situation = { readonly bodies: Bodies; readonly walkers: Walkers; readonly slot: number }

const quick: Effort = { hold: 3, places: 4, timed: false, most: 3_000, greed: 1.25 }
const thorough: Effort = { hold: 2, places: 16, timed: false, most: 4_000, greed: 2 }
/** Where things move, the same place is another state later. */
const thoroughAmongWalkers: Effort = { ...thorough, places: 8, timed: true, most: 20_000 }

/** Made when first needed: a finder takes some megabytes. */
let tools: { readonly find: ReturnType<typeof createPathFinder>; readonly start: Situation & Begin } | undefined
type Begin = { begin(level: CoinrunLevel): void }

function createTools() {
  const episodes = createEpisodes(coinrunParameters.parse({}), 1)
  const begin = (level: CoinrunLevel) => beginLevel(episodes, 0, level)
  return {
    find: createPathFinder(thoroughAmongWalkers.most),
    start: { bodies: episodes.bodies, walkers: episodes.walkers, slot: 0, begin },
  }
}

/** The actions of a short path, one for each step; null if none was found within `maxSteps`. */
export function planFrom(level: CoinrunLevel, situation: Situation, target: Target, maxSteps: number) {
  tools ??= createTools()
  const request: PathRequest = { level, ...situation, ...goalOf(level, target), maxSteps }
  const { find } = tools.find
  return find(request, quick) ?? find(request, level.walkers.length > 0 ? thoroughAmongWalkers : thorough)
}

function goalOf(level: CoinrunLevel, target: Target): Pick<PathRequest, 'cell' | 'goal' | 'avoid'> {
  if (target === 'coin' || level.coinAtEnd) return { cell: level.coin, goal: coinBit, avoid: 0 }
  return { cell: endOf(level), goal: counterpartBit, avoid: coinBit }
}

type Plan = Uint8Array | null
const known = new WeakMap<CoinrunLevel, Map<string, Plan>>()

/** The same from the start of the level, remembered for as long as the level is in use. */
export function planLevel(level: CoinrunLevel, target: Target, maxSteps: number): Plan {
  const plans = known.get(level) ?? new Map<string, Plan>()
  known.set(level, plans)
  const key = `${level.coinAtEnd ? 'coin' : target} ${maxSteps}`
  const remembered = plans.get(key)
  if (remembered !== undefined) return remembered
  tools ??= createTools()
  tools.start.begin(level)
  const plan = planFrom(level, tools.start, target, maxSteps)
  plans.set(key, plan)
  return plan
}
