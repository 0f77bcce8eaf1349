import type { MemoryState } from '../acting/episode-memory.ts'
import type { OptimizerState } from '../optimizers/optimizer-memory.ts'
import type { LedgerState } from '../rollout/episode-ledger.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError, type SectionValues } from './sections.ts'

/** Everything needed to resume training, except for the policy's parameters. */
export type TrainingSnapshot = {
  readonly iteration: number
  /** Rollouts collected; more than iterations where some were only played. */
  readonly rollouts: number
  readonly optimizer: Omit<OptimizerState, 'parameters'>
  readonly ledger: LedgerState
  /** Null if the network has no memory. */
  readonly memory: MemoryState | null
}

type Sections = Readonly<Record<string, SectionValues>>

/** `rollouts` only where it differs from `iteration`: snapshots of plain PPO keep their bytes. */
type TrainingMeta = { readonly iteration: number; readonly updates: number; readonly rollouts?: number }

export function encodeTrainingSnapshot(snapshot: TrainingSnapshot): Uint8Array {
  const { iteration, rollouts, optimizer, ledger, memory } = snapshot
  const meta: TrainingMeta = {
    iteration,
    updates: optimizer.updates,
    ...(rollouts === iteration ? {} : { rollouts }),
  }
  const sections = {
    firstMoment: optimizer.firstMoment,
    secondMoment: optimizer.secondMoment,
    slots: concatenate(ledger.simulator),
    slotLengths: Int32Array.from(ledger.simulator, ({ length }) => length),
    episodes: ledger.episodes,
    running: ledger.running,
    levels: ledger.levels,
    ...(memory === null ? {} : { memory: memory.state, starts: memory.starts }),
  }
  return encodeSnapshot({ kind: 'ppo-training', meta, sections })
}

/** @throws SnapshotError if the bytes are not the state of a PPO training. */
export function parseTrainingSnapshot(bytes: Uint8Array): TrainingSnapshot {
  const { meta, sections } = parseSnapshot<TrainingMeta>(bytes, 'ppo-training')
  return {
    iteration: meta.iteration,
    rollouts: meta.rollouts ?? meta.iteration,
    optimizer: {
      updates: meta.updates,
      firstMoment: section(sections, 'firstMoment', Float32Array),
      secondMoment: section(sections, 'secondMoment', Float32Array),
    },
    ledger: {
      simulator: slotStates(sections),
      episodes: section(sections, 'episodes', Int32Array),
      running: section(sections, 'running', Float64Array),
      levels: section(sections, 'levels', Uint8Array),
    },
    memory: sections.memory === undefined ? null : memorySections(sections),
  }
}

/**
 * The bytes of each slot, by its length. Older snapshots have one array of words instead, equally many for every slot,
 * which gridworlds can still read.
 */
function slotStates(sections: Sections): Uint8Array[] {
  if (sections.simulator !== undefined) return equalSlots(sections)
  const bytes = section(sections, 'slots', Uint8Array)
  const lengths = section(sections, 'slotLengths', Int32Array)
  let end = 0
  return Array.from(lengths, (length) => bytes.slice(end, (end += length)))
}

function equalSlots(sections: Sections): Uint8Array[] {
  const words = section(sections, 'simulator', Int32Array)
  const { length: batch } = section(sections, 'episodes', Int32Array)
  const each = words.length / batch
  return Array.from({ length: batch }, (_, slot) => new Uint8Array(words.slice(slot * each, (slot + 1) * each).buffer))
}

function concatenate(states: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(states.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const state of states) {
    bytes.set(state, at)
    at += state.length
  }
  return bytes
}

function memorySections(sections: Sections): MemoryState {
  return { state: section(sections, 'memory', Float32Array), starts: section(sections, 'starts', Uint8Array) }
}

function section<T extends SectionValues>(
  sections: Sections,
  name: string,
  type: abstract new (...args: never[]) => T,
): T {
  const values = sections[name]
  if (!(values instanceof type)) throw new SnapshotError(`its section ${name} is missing`)
  return values
}
