import type { InputIssue, ResolvedSearch, SearchProbe } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'
import type { Draft } from '../expansion/grid.ts'
import { mergeOptions, optionsAt } from '../expansion/merge.ts'

/** The value of one probe, before its condition has a name. */
export type NewProbe = Pick<SearchProbe, 'arm' | 'value' | 'round'>

/** What a condition of a spec that has none of its own is called, as an arm. */
export const onlyArm = 'default'

/** The probes with the names of their conditions, `plr,rate=0.01`. */
export function nameProbes(over: string, arms: readonly string[], probes: readonly NewProbe[]): SearchProbe[] {
  const label = over.split('.').at(-1) ?? over
  const isOnly = arms.length === 1 && arms[0] === onlyArm
  return probes.map(({ arm, value, round }) => ({
    condition: `${isOnly ? '' : `${arm},`}${label}=${value}`,
    arm,
    value,
    round,
  }))
}

/** The conditions of the probes: copies of their arms with the value, ascending. */
export function draftProbes(
  { over, probes }: Pick<ResolvedSearch, 'over' | 'probes'>,
  arms: readonly Draft[],
): Draft[] {
  const path = over.split('.')
  return arms.flatMap((arm) =>
    probes
      .filter((probe) => probe.arm === arm.name)
      .toSorted((left, right) => left.value - right.value)
      .map(({ condition, value }) => ({
        name: condition,
        description: arm.description,
        options: mergeOptions(arm.options, optionsAt(path, value)),
        pointer: '/search',
        locate: (at: readonly string[]) => (startsWith(at, path) ? jsonPointer(['search', 'over']) : arm.locate(at)),
      })),
  )
}

/** An arm that sets the option that is searched would be overwritten. */
export function checkArms(over: string, arms: readonly Draft[]): InputIssue[] {
  const setting = arms.find((arm) => arm.locate(over.split('.')) !== null)
  if (setting === undefined) return []
  const message = `\`${over}\` is searched, but the condition \`${setting.name}\` sets it`
  return [{ pointer: '/search/over', message, remedy: 'Leave it out of `conditions` and `grid`' }]
}

const startsWith = (path: readonly string[], start: readonly string[]) => start.every((name, at) => path[at] === name)
