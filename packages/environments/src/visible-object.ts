import type { Environment } from './environment.ts'

/** A fixed or moving object of a world, with the observation channels that show only it. */
export type VisibleObject = {
  /** Its name in specs that hide it. */
  readonly name: string
  readonly channels: readonly string[]
  /** Which of the two goals a policy needs to see it for. */
  readonly tells: 'goal' | 'proxy'
}

export type HiddenView = {
  /** Names of channels, each once, in the order of the observation. */
  readonly channels: readonly string[]
  /** Names that are neither an object's nor a channel's. */
  readonly unknown: readonly string[]
}

type Observed<Parameters> = Pick<Environment<Parameters, never>, 'observation' | 'objects'>

/** The channels to blank if these are hidden. A name is an object's or, if no object has it, a channel's. */
export function findHidden<Parameters>(
  environment: Observed<Parameters>,
  parameters: Parameters,
  names: readonly string[],
): HiddenView {
  const { channels } = environment.observation(parameters)
  const objects = environment.objects?.(parameters) ?? []
  const shownBy = (name: string): readonly string[] =>
    objects.find((object) => object.name === name)?.channels ?? channels.filter((channel) => channel === name)
  const hidden = new Set(names.flatMap(shownBy))
  return {
    channels: channels.filter((channel) => hidden.has(channel)),
    unknown: names.filter((name) => shownBy(name).length === 0),
  }
}
