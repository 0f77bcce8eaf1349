import { limits, type InputIssue, type JsonObject, type JsonValue } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'
import { nameAll, type Combination } from './grid-names.ts'
import { mergeOptions, optionsAt } from './merge.ts'

/** An arm before its protocol has seen it. */
export type Draft = {
  readonly name: string
  readonly description?: string | undefined
  /** Options that it adds to the common ones. */
  readonly options: JsonObject
  /** Its place in the document. */
  readonly pointer: string
  /** The place in the document of this arm's own value at a path below `options`; null if it sets none. */
  locate(path: readonly string[]): string | null
}

export type Drafts = { readonly drafts: readonly Draft[]; readonly issues: readonly InputIssue[] }

type Grid = Readonly<Record<string, readonly JsonValue[]>>
type Axis = {
  readonly key: string
  readonly label: string
  readonly path: readonly string[]
  readonly values: readonly JsonValue[]
}
export type Coordinate = { readonly axis: Axis; readonly index: number; readonly value: JsonValue }

/** Axes with one value each keep the product small, but expanding them still takes time. */
const maxAxes = 20
/** Deep enough for any sensible options; their readers recurse. */
const deepestPath = 20

/** One arm for each combination of values, the last axis varying fastest. */
export function multiplyGrid(grid: Grid): Drafts {
  const hostile = checkShape(grid)
  const issues = hostile.length > 0 ? hostile : [...checkPaths(grid), ...checkSize(grid)]
  if (issues.length > 0) return { drafts: [], issues }
  let combinations: readonly (readonly Coordinate[])[] = [[]]
  for (const axis of axes(grid)) {
    combinations = combinations.flatMap((coordinates) =>
      axis.values.map((value, index) => [...coordinates, { axis, index, value }]),
    )
  }
  return { drafts: nameAll(combinations).map(draftOf), issues: [] }
}

function checkShape(grid: Grid): InputIssue[] {
  const keys = Object.keys(grid)
  if (keys.length > maxAxes) {
    const message = `the grid has ${keys.length} axes, more than the ${maxAxes} allowed`
    return [{ pointer: '/grid', message, remedy: 'Write options that do not vary under `options`' }]
  }
  return keys.flatMap((key) => {
    const depth = key.split('.').length
    if (depth <= deepestPath) return []
    const message = `\`${key.slice(0, 40)}…\` is ${depth} levels deep, more than the ${deepestPath} allowed`
    return [{ pointer: '/grid', message, remedy: 'Name an option of the protocol' }]
  })
}

/** Checked before the expansion: computing the product is cheap, but its combinations may not fit into memory. */
function checkSize(grid: Grid): InputIssue[] {
  const sizes = Object.values(grid).map((values) => values.length)
  const count = sizes.reduce((product, size) => product * size, 1)
  if (count <= limits.conditionsPerExperiment) return []
  const product = sizes.length > 1 ? `${sizes.join(' × ')} = ${count}` : count
  return [
    {
      pointer: '/grid',
      message: `the grid has ${product} conditions, more than the ${limits.conditionsPerExperiment} allowed`,
      remedy: 'Use fewer values, or submit several experiments',
    },
  ]
}

function checkPaths(grid: Grid): InputIssue[] {
  const keys = Object.keys(grid)
  if (keys.length === 0) {
    return [{ pointer: '/grid', message: 'the grid is empty', remedy: 'Name at least one option, or leave `grid` out' }]
  }
  return keys.flatMap((key) => {
    const pointer = jsonPointer(['grid', key])
    if (key.split('.').includes('')) {
      return [
        {
          pointer,
          message: `\`${key}\` is not a path`,
          remedy: 'Join names of options with single dots, e.g. `train.steps`',
        },
      ]
    }
    const within = keys.find((other) => key.startsWith(`${other}.`))
    if (within === undefined) return []
    return [{ pointer, message: `\`${key}\` is part of \`${within}\``, remedy: 'Vary either the whole or its parts' }]
  })
}

function axes(grid: Grid): Axis[] {
  const paths = Object.keys(grid).map((key) => key.split('.'))
  const lastNames = paths.map((path) => path.at(-1))
  return Object.entries(grid).map(([key, values]) => {
    const path = key.split('.')
    const last = path.at(-1) ?? key
    const ambiguous = lastNames.filter((name) => name === last).length > 1
    return { key, label: ambiguous ? key : last, path, values }
  })
}

function draftOf({ coordinates, name, description }: Combination): Draft {
  return {
    name,
    description,
    options: coordinates.reduce<JsonObject>(
      (options, { axis, value }) => mergeOptions(options, optionsAt(axis.path, value)),
      {},
    ),
    pointer: '/grid',
    locate(path) {
      const owner = coordinates.find(({ axis }) => axis.path.every((name, depth) => path[depth] === name))
      if (owner === undefined) return null
      return jsonPointer(['grid', owner.axis.key, owner.index, ...path.slice(owner.axis.path.length)])
    },
  }
}
