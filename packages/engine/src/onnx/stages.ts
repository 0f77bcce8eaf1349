import type { Value } from '../recording/graph.ts'
import { bodyOf, neededNodes } from '../recording/needed-nodes.ts'
import type { Recording } from '../recording/recorder.ts'

/**
 * A recording in two parts: values that depend only on fixed inputs, and the rest, which takes these as further inputs.
 */
export type Stages = {
  readonly early: Recording
  readonly late: Recording
}

type Time = 'constant' | 'early' | 'late'

export function cutIntoStages({ inputs, outputs }: Recording, fixed: ReadonlySet<string>): Stages {
  const nodes = neededNodes(Object.values(outputs))
  const times = new Map<Value, Time>()
  for (const [name, value] of Object.entries(inputs)) times.set(value, fixed.has(name) ? 'early' : 'late')
  const timeOf = (value: Value): Time => times.get(value) ?? 'constant'
  const handed = new Set<Value>()
  for (const node of nodes) {
    const needed = [...node.inputs, ...(node.body === undefined ? [] : bodyOf(node.body).taken)]
    const time = latest(needed.map(timeOf))
    for (const output of node.outputs) times.set(output, time)
    if (time === 'late') for (const value of needed) if (timeOf(value) === 'early') handed.add(value)
  }
  for (const value of Object.values(outputs)) if (timeOf(value) === 'early') handed.add(value)
  const named = Object.fromEntries([...handed].map((value) => [`handed ${value.id}`, value]))
  const early = Object.fromEntries(Object.entries(inputs).filter(([name]) => fixed.has(name)))
  const rest = Object.fromEntries(Object.entries(inputs).filter(([name]) => !fixed.has(name)))
  return {
    early: { inputs: early, outputs: named },
    late: { inputs: { ...rest, ...named }, outputs },
  }
}

function latest(times: readonly Time[]): Time {
  if (times.includes('late')) return 'late'
  return times.includes('early') ? 'early' : 'constant'
}
