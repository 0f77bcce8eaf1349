import type { ArtifactRef } from '@goalpost/contracts'
import { sampleMixture } from '@goalpost/environments'
import type { TaskContext } from '@goalpost/experiments'
import { createStream, type Stream } from '@goalpost/random'
import { artifactNames } from '../../../worlds/artifact-names.ts'
import { environmentOf } from '../../../worlds/environment-of.ts'
import type { TrainInputs } from './train-task.ts'
import type { TrainedLevels } from './trained-levels.ts'

type Drawn = Pick<TrainedLevels, 'environment' | 'alpha' | 'groups' | 'levels'> & { readonly parameters: unknown }

/**
 * The level of an index: episode k of slot i plays that of i + slots·k. Levels are drawn by number, so that known
 * indices are enough to redraw them without the training.
 */
export function trainingLevels(drawn: Drawn, seed: number | null): (index: number) => unknown {
  return drawLevels(drawn, createStream(seed ?? 0).named('levels'))
}

function drawLevels({ environment: name, parameters, alpha, groups, levels }: Drawn, stream: Stream) {
  const environment = environmentOf(name)
  const alphaOf = (index: number): number => (groups === undefined ? alpha : groups[index % groups.length])
  return (index: number): unknown =>
    sampleMixture(
      { environment, parameters, alpha: alphaOf(index) },
      stream,
      levels === 'fresh' ? index : index % levels,
    )
}

/** The levels of a goal module, apart from those that are played; null for other methods. */
export function goalModuleLevels(
  { method, ...drawn }: Drawn & Pick<TrainInputs, 'method'>,
  seed: number | null,
): ((index: number) => unknown) | null {
  if (method?.kind !== 'modular') return null
  return drawGoalLevels(drawn, method.goalAlpha ?? drawn.alpha, seed)
}

function drawGoalLevels(drawn: Drawn, alpha: number, seed: number | null): (index: number) => unknown {
  return drawLevels({ ...drawn, alpha }, createStream(seed ?? 0).named('goal levels'))
}

/**
 * The levels that a training learned from, drawn again. slots: the number of levels drawn for each, unless a goal module's
 * levels are the ones that can be drawn again.
 */
export function* levelsLearnedFrom(
  drawn: TrainedLevels,
  { seed, slots }: { readonly seed: number | null; readonly slots: readonly number[] },
): Generator<unknown> {
  const { goalModule } = drawn
  if (goalModule !== undefined) {
    const levelOf = drawGoalLevels(drawn, goalModule.alpha, seed)
    for (let index = 0; index < goalModule.count; index++) yield levelOf(index)
    return
  }
  const levelOf = trainingLevels(drawn, seed)
  for (const index of drawnIndices(slots, drawn.levels)) yield levelOf(index)
}

/** Keeps the number of levels drawn for each slot: with the seed, this gives the training levels. */
export function storeLevelsDrawn({ artifacts }: TaskContext, episodesBegun: Int32Array): Promise<ArtifactRef> {
  const text = JSON.stringify({ format: 1, slots: [...episodesBegun] })
  return artifacts.write({
    name: artifactNames.levelsDrawn,
    bytes: new TextEncoder().encode(text),
    mediaType: 'application/json',
  })
}

/** The inverse. Throws a RangeError for other input. */
export function decodeLevelsDrawn(bytes: Uint8Array): readonly number[] {
  const { format, slots }: { format?: unknown; slots?: unknown } = JSON.parse(new TextDecoder().decode(bytes))
  if (format !== 1 || !Array.isArray(slots) || !slots.every((drawn) => Number.isSafeInteger(drawn)))
    throw new RangeError('this does not specify which levels were drawn')
  return slots
}

/** The drawn indices; each once for a finite set of levels. */
function* drawnIndices(slots: readonly number[], levels: TrainedLevels['levels']): Generator<number> {
  const known = levels === 'fresh' ? null : new Uint8Array(levels)
  const most = Math.max(...slots)
  for (let episode = 0; episode < most; episode++)
    for (let slot = 0; slot < slots.length; slot++) {
      if (episode >= slots[slot]) continue
      const index = slot + slots.length * episode
      if (known === null) yield index
      else if (known[index % known.length] === 0) {
        known[index % known.length] = 1
        yield index % known.length
      }
    }
}
