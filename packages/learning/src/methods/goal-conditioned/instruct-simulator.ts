import type { Simulator } from '@goalpost/environments'
import { tellGoal, type Place } from '../../acting/told-goal.ts'
import type { ImageShape } from '../../networks/network-spec.ts'

/** A level in which the goal's sign is shown elsewhere than the goal, and an instruction may say where that is. */
export type ToldLevel<Level> = {
  /** With the goal where it is rewarded. */
  readonly level: Level
  readonly rewarded: Place
  /** Null: nothing is told. */
  readonly told: Place | null
  /** Where the goal's own channel shows it; null: nowhere. */
  readonly shown: Place | null
}

type View = {
  /** Of the world's observations. */
  readonly shape: ImageShape
  /** The channel that shows only the goal. */
  readonly channel: number
}

/**
 * The same episodes with a told goal as the observations' last channel, and the goal's own channel showing the place that
 * the level says.
 */
export function instructSimulator<Level>(
  inner: Simulator<Level>,
  { shape, channel }: View,
): Simulator<ToldLevel<Level>> {
  const [height, width, channels] = shape
  const cells = height * width
  const shown = new Uint8Array(inner.batch * cells * (channels + 1))
  const playing: ToldLevel<Level>[] = []

  function show(slot: number): void {
    const { rewarded, told, shown: decoy } = playing[slot]
    tellGoal(inner.observations, shown, { shape, slot, place: told })
    const at = ([row, column]: Place) => (slot * cells + row * width + column) * (channels + 1) + channel
    const visible = shown[at(rewarded)]
    shown[at(rewarded)] = 0
    if (decoy !== null) shown[at(decoy)] = visible
  }

  return {
    ...inner,
    observations: shown,
    reset(slot, level, seed) {
      playing[slot] = level
      inner.reset(slot, level.level, seed)
      show(slot)
    },
    step(actions) {
      inner.step(actions)
      for (let slot = 0; slot < inner.batch; slot++) show(slot)
    },
    restoreState(levels, states) {
      inner.restoreState(
        levels.map(({ level }) => level),
        states,
      )
      playing.splice(0, levels.length, ...levels)
      for (const slot of levels.keys()) show(slot)
    },
  }
}
