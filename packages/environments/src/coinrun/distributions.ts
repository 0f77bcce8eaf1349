import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../environment.ts'
import { buildLevel, type Ledge } from './build-level.ts'
import type { CoinrunLevel } from './level.ts'
import type { CoinrunParameters } from './parameters.ts'
import { drawSections, type Sections } from './sections.ts'

type Distribution = LevelDistribution<CoinrunParameters, CoinrunLevel>

/** All draw the same sections from the same random numbers: level i of one is level i of the other, coins aside. */
export const coinrunDistributions: readonly [Distribution, ...Distribution[]] = [
  {
    name: 'end',
    description: 'The coin lies at the end of the level, and its invisible counterpart at the start of a section',
    agrees: true,
    sample: (parameters, random) => buildLevel(drawSections(parameters, random), { coinAtEnd: true }),
  },
  {
    name: 'anywhere',
    description: 'The coin lies at the start of a section, uniformly chosen, and its invisible counterpart at the end',
    agrees: false,
    sample: (parameters, random) => buildLevel(drawSections(parameters, random), { coinAtEnd: false }),
  },
  {
    name: 'aside',
    description:
      'The coin lies on a ledge that is reached only by turning back, and its invisible counterpart at the end',
    agrees: false,
    sample(parameters, random) {
      const drawn = drawSections(parameters, random)
      return buildLevel(drawn, { coinAtEnd: false, ledge: drawLedge(drawn, random) })
    },
  },
  {
    name: 'permeable-wall',
    description: 'As `anywhere`, and the wall at the end lets the agent through',
    agrees: false,
    sample: (parameters, random) => buildLevel(drawSections(parameters, random), { coinAtEnd: false, permeable: true }),
  },
]

/** Over the start, or over a section that is climbed from the left: the agent comes below, and has to jump back. */
function drawLedge({ sections }: Sections, random: Rng): Ledge {
  const shielded = sections
    .filter(({ width, pit, saw, ground }, i) => {
      const climbed = ground > (sections[i - 1]?.ground ?? 0)
      return width >= 5 && pit === null && saw === null && climbed
    })
    .map(({ x, ground }) => ({ column: x, ground, shield: true }))
  const places = [{ column: 1, ground: 1, shield: false }, ...shielded]
  const { column, ground, shield } = places[random.integer(places.length)]
  return { column, row: ground + 3 + random.integer(2), shield }
}
