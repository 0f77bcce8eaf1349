import type { ImageShape } from '../networks/network-spec.ts'
import type { ActingPolicy } from './policy.ts'

/** A cell of an observation. */
export type Place = readonly [row: number, column: number]

/** The name of the channel that tells the goal, in exported policies. */
export const toldChannel = 'told goal'

/** Copies `slot`'s observation of the given shape from `seen` to `shown`, and adds the told cell; null: none. */
export function tellGoal(
  seen: Uint8Array,
  shown: Uint8Array,
  { shape: [height, width, channels], slot, place }: { shape: ImageShape; slot: number; place: Place | null },
): void {
  const cells = height * width
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [(slot * cells + cell) * channels, (slot * cells + cell) * (channels + 1)]
    for (let channel = 0; channel < channels; channel++) shown[to + channel] = seen[from + channel]
    shown[to + channels] = 0
  }
  if (place !== null) shown[(slot * cells + place[0] * width + place[1]) * (channels + 1) + channels] = 1
}

/** A policy that is told the goal of each level; `begin` has the level. */
export type ToldPolicy<Level> = Omit<ActingPolicy, 'begin'> & { begin(slot: number, level: Level): void }

/** A policy of observations with a told goal, in a world whose observations, of the given shape, have none. Null: told nothing. */
export function tellPolicy<Level>(
  policy: ActingPolicy,
  { shape, placeOf }: { readonly shape: ImageShape; readonly placeOf: (level: Level) => Place | null },
): ToldPolicy<Level> {
  const places: (Place | null)[] = []
  const size = shape[0] * shape[1] * shape[2]
  let shown = new Uint8Array(0)
  return {
    ...policy,
    begin(slot, level) {
      places[slot] = placeOf(level)
      policy.begin(slot)
    },
    act(observations, actions, uniform) {
      const slots = observations.length / size
      const length = slots * (size + shape[0] * shape[1])
      if (shown.length !== length) shown = new Uint8Array(length)
      for (let slot = 0; slot < slots; slot++)
        tellGoal(observations, shown, { shape, slot, place: places[slot] ?? null })
      return policy.act(shown, actions, uniform)
    },
  }
}
