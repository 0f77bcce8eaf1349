import type { Tone } from '@goalpost/contracts'

/**
 * The outline of a replicate's mark around the origin: a shape for each tone, so that no meaning rests on colour alone.
 * Good is a disc, neutral a ring (by the style sheet), a warning a triangle, bad a cross.
 */
export function seedShape(tone: Tone, radius: number): string {
  if (tone === 'warning') return `M0 ${round(-1.15 * radius)}L${round(1.1 * radius)} ${radius}H${round(-1.1 * radius)}Z`
  if (tone === 'bad') return cross(1.25 * radius, 0.42 * radius)
  return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`
}

/** Two crossing bars: half their length, half their width. */
function cross(long: number, wide: number): string {
  const quarter = [
    [wide, -long],
    [wide, -wide],
    [long, -wide],
  ] as const
  const turns = [0, 1, 2, 3].flatMap((times) => quarter.map((point) => turned(point, times * 90 + 45)))
  return `M${turns.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`
}

function turned([x, y]: readonly [number, number], degrees: number): readonly [number, number] {
  const angle = (degrees * Math.PI) / 180
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)]
}

const round = (value: number): number => Number(value.toFixed(2))
