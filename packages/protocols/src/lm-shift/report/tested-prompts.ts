import type { Evidence, TestedSet } from '@goalpost/experiments'
import { tasks } from '../tasks.ts'

/** The prompts of every probe that has a result: one set for each condition, as the experiment chooses it. */
export function testedPrompts({ conditions }: Evidence): TestedSet[] {
  return conditions.flatMap(({ name: condition, runs }) => {
    const probes = runs.flatMap(({ tasks: all }) =>
      all.flatMap(({ kind, inputs, result }) =>
        [tasks.probe.kind, tasks.grade.kind].includes(kind) && result !== null
          ? [[textOf(inputs['experiment']), textOf(inputs['suite'])] as const]
          : [],
      ),
    )
    return [...new Map(probes)].map(([name, hash]) => ({ condition, name, hash }))
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
