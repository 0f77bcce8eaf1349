import type { ExperimentSpec, InputIssue, JsonValue } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'
import { multiplyGrid, type Draft, type Drafts } from './grid.ts'
import { longestName } from './grid-names.ts'
import { isObject } from './merge.ts'

/** The arms of a spec, from its conditions or its grid; one named `default` if it has neither. */
export function draftConditions(spec: ExperimentSpec): Drafts {
  const { drafts, issues } = draft(spec)
  return { drafts, issues: [...issues, ...checkNames(drafts)] }
}

function draft(spec: ExperimentSpec): Drafts {
  if (spec.conditions !== undefined && spec.grid !== undefined) {
    return {
      drafts: [],
      issues: [
        {
          pointer: '/grid',
          message: '`grid` and `conditions` are both given',
          remedy: 'Keep one of them; to cross a list with a grid, write the product as a grid',
        },
      ],
    }
  }
  if (spec.grid !== undefined) return multiplyGrid(spec.grid)
  if (spec.conditions === undefined) {
    return { drafts: [{ name: 'default', options: {}, pointer: '/options', locate: () => null }], issues: [] }
  }
  return { drafts: spec.conditions.map((condition, index) => listed(condition, index)), issues: [] }
}

function listed(condition: NonNullable<ExperimentSpec['conditions']>[number], index: number): Draft {
  return {
    name: condition.name,
    description: condition.description,
    options: condition.options,
    pointer: `/conditions/${index}`,
    locate: (path) =>
      holdsPath(condition.options, path) ? jsonPointer(['conditions', index, 'options', ...path]) : null,
  }
}

/** Whether the value at `path`, or one that contains it, is set in `options`. */
export function holdsPath(options: JsonValue, path: readonly string[]): boolean {
  let value: JsonValue | undefined = options
  for (const name of path) {
    if (isObject(value)) value = Object.hasOwn(value, name) ? value[name] : undefined
    else if (isList(value)) value = value[Number(name)]
    else return value !== undefined
    if (value === undefined) return false
  }
  return true
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function checkNames(drafts: readonly Draft[]): InputIssue[] {
  const first = new Map<string, Draft>()
  const issues: InputIssue[] = []
  for (const { name, pointer, ...rest } of drafts) {
    const at = pointer.startsWith('/conditions') ? `${pointer}/name` : pointer
    const earlier = first.get(name)
    if (earlier !== undefined) {
      issues.push({
        pointer: at,
        message: `condition \`${name}\` already exists at ${earlier.pointer}`,
        remedy: 'Give every condition its own name and values',
      })
    } else first.set(name, { name, pointer, ...rest })
    if (name.length > longestName) {
      issues.push({
        pointer: at,
        message: `the name \`${name.slice(0, 40)}…\` of a condition has ${name.length} characters, more than ${longestName}`,
        remedy: 'Write these conditions as a list, with your own names',
      })
    }
  }
  return issues
}
