import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../environment.ts'
import { buildLevel, type Ledge } from './build-level.ts'
import type { CoinrunLevel } from './level.ts'
import type { CoinrunParameters, StoredCoinrunParameters } from './parameters.ts'
import { drawSections, type Sections } from './sections.ts'

type Distribution = LevelDistribution<CoinrunParameters, CoinrunLevel>

/** All draw the same sections from the same random numbers: level i of one is level i of the other, coins aside. */
export const coinrunDistributions: readonly [Distribution, ...Distribution[]] = [
  {
    name: 'end',
    description: 'The coin lies at the end of the level, and its invisible counterpart at the start of a section',
    agrees: true,
    sample(parameters, random) {
      const { mirrored, ...drawn } = drawLevel(parameters, random)
      return buildLevel(drawn, { coinAtEnd: true, mirrored })
    },
  },
  {
    name: 'anywhere',
    description:
      'The coin lies at the start of a section, uniformly chosen (or on a ledge, as `ledges` says), and its invisible counterpart at the end',
    agrees: false,
    sample(parameters, random) {
      const { mirrored, ...drawn } = drawLevel(parameters, random)
      const raised = parameters.ledges > 0 && random.uniform() < parameters.ledges
      return buildLevel(drawn, {
        coinAtEnd: false,
        mirrored,
        ...(raised ? { ledge: drawLedge(drawn, parameters, random) } : {}),
      })
    },
  },
  {
    name: 'aside',
    description:
      'The coin lies on a ledge that is reached only by turning back, and its invisible counterpart at the end',
    agrees: false,
    sample(parameters, random) {
      const { mirrored, ...drawn } = drawLevel(parameters, random)
      return buildLevel(drawn, { coinAtEnd: false, mirrored, ledge: drawLedge(drawn, parameters, random) })
    },
  },
  {
    name: 'permeable-wall',
    description: 'As `anywhere`, and the wall at the end lets the agent through',
    agrees: false,
    sample(parameters, random) {
      const { mirrored, ...drawn } = drawLevel(parameters, random)
      return buildLevel(drawn, { coinAtEnd: false, mirrored, permeable: true })
    },
  },
]

/** What all distributions draw first. */
function drawLevel(parameters: StoredCoinrunParameters, random: Rng): Sections & { readonly mirrored: boolean } {
  const { mirrored = false } = parameters
  const drawn = drawSections(parameters, random)
  return { ...drawn, mirrored: mirrored && random.integer(2) === 1 }
}

/**
 * Over the start, or over a section that is climbed from the left: the agent arrives below it and has to jump back. A policy
 * that jumps back and forth at the start takes the coin there without looking, so `startLedge: false` avoids it.
 */
function drawLedge({ sections }: Sections, { startLedge = true }: StoredCoinrunParameters, random: Rng): Ledge {
  const narrowest = startLedge ? 5 : 4
  const shielded = sections
    .filter(({ width, pit, saw, ground }, i) => {
      const climbed = ground > (sections[i - 1]?.ground ?? 0)
      return width >= narrowest && pit === null && saw === null && climbed
    })
    .map(({ x, ground }) => ({ column: x, ground, shield: true }))
  const start = { column: 1, ground: 1, shield: false }
  const places = startLedge || shielded.length === 0 ? [start, ...shielded] : shielded
  const { column, ground, shield } = places[random.integer(places.length)]
  return { column, row: ground + 3 + random.integer(2), shield }
}
