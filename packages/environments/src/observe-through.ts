import type { ObservationSpec, ObservationTransform, Simulator } from './environment.ts'

type Shape = ObservationSpec['shape']
type View = Pick<ObservationSpec, 'shape' | 'channels'>

/** Writes `count` transformed observations, the first at byte `from` of both arrays. */
type Transform = (
  seen: Uint8Array,
  shown: Uint8Array,
  extent: { readonly from: number; readonly count: number },
) => void

/**
 * The same episodes with transformed observations; undefined changes nothing. The rest of the simulator is unchanged,
 * so that oracles, which do not read observations, play in it as before. `hide` names channels here: see `findHidden`
 * for objects. Throws a RangeError for an unknown channel.
 */
export function observeThrough<Level>(
  simulator: Simulator<Level>,
  view: View,
  transform: ObservationTransform | undefined,
): Simulator<Level> {
  if (transform === undefined) return simulator
  const { shape } = view
  const apply = transform === 'flip-vertical' ? flipVertical(shape) : hideChannels(view, transform.hide)
  const size = shape[0] * shape[1] * shape[2]
  const shown = new Uint8Array(simulator.observations.length)
  const showAll = () => apply(simulator.observations, shown, { from: 0, count: simulator.batch })
  return {
    ...simulator,
    observations: shown,
    reset(index, level, seed) {
      simulator.reset(index, level, seed)
      apply(simulator.observations, shown, { from: index * size, count: 1 })
    },
    step(actions) {
      simulator.step(actions)
      showAll()
    },
    restoreState(levels, state) {
      simulator.restoreState(levels, state)
      showAll()
    },
  }
}

/** The top row becomes the bottom one. */
function flipVertical([height, width, channels]: Shape): Transform {
  const row = width * channels
  const size = height * row
  return (seen, shown, { from, count }) => {
    for (let start = from; start < from + count * size; start += size)
      for (let y = 0; y < height; y++) {
        const source = start + y * row
        const target = start + (height - 1 - y) * row
        for (let i = 0; i < row; i++) shown[target + i] = seen[source + i]
      }
  }
}

/** These channels are blank everywhere. */
function hideChannels({ shape: [height, width, count], channels }: View, names: readonly string[]): Transform {
  const hidden = names.map((name) => channels.indexOf(name))
  const missing = hidden.indexOf(-1)
  if (missing >= 0) throw new RangeError(`There is no channel ${names[missing]} to hide, only ${channels.join(', ')}`)
  const size = height * width * count
  return (seen, shown, { from, count: episodes }) => {
    const end = from + episodes * size
    for (let at = from; at < end; at++) shown[at] = seen[at]
    for (const channel of hidden) for (let at = from + channel; at < end; at += count) shown[at] = 0
  }
}
