import { createHash } from 'node:crypto'
import type { JsonValue, Resources, TaskKind, TaskResult } from '@goalpost/contracts'
import { canonicalize } from 'json-canonicalize'
import type { EngineIdentity, Readiness } from './ports/protocol.ts'

/**
 * JSON with one form per value (RFC 8785). Undefined members are left out.
 * @throws TypeError if the value has no JSON form: NaN, infinities, undefined elements, functions.
 */
export function canonicalJson(value: unknown): string {
  requireJson(value)
  return canonicalize(value)
}

/** The library writes functions as `undefined` and undefined elements as null: two values would have one hash. */
function requireJson(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`)
  if (['undefined', 'function', 'symbol', 'bigint'].includes(typeof value))
    throw new TypeError(`${typeof value} has no JSON form`)
  if (Array.isArray(value)) for (const element of value) requireJson(element)
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) if (member !== undefined) requireJson(member)
}

/** SHA-256 of the canonical JSON, lower-case hex. */
export function hashJson(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** Everything that a task's numbers depend on. */
export type TaskContent = {
  readonly protocol: { readonly name: string; readonly version: string }
  readonly kind: TaskKind
  readonly inputs: JsonValue
  readonly versions: Readonly<Record<string, string>>
  readonly seed: number | null
  /** Null if no tensors are involved. An engine's order of summation differs by class of device. */
  readonly engine: (EngineIdentity & { readonly device?: Resources['device'] }) | null
  /** The needed computations by the executor's name for them, and how far each must have progressed. */
  readonly needs: readonly { readonly key: string; readonly identity: string; readonly when: Readiness }[]
}

/** Independent of the order of members and needs, of the run's number and position, and of the task's own key. */
export function taskIdentity(content: TaskContent): string {
  const { protocol, kind, inputs, versions, seed, engine } = content
  const needs = content.needs.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return hashJson({
    format: 'goalpost/task/1',
    protocol: { name: protocol.name, version: protocol.version },
    kind,
    inputs,
    versions,
    seed,
    engine: engine && engineContent(engine),
    needs: needs.map(({ key, identity, when }) => ({ key, identity, when })),
  })
}

function engineContent({ name, build, threads, device = 'cpu' }: NonNullable<TaskContent['engine']>) {
  return { name, build, threads, ...(device === 'cpu' ? {} : { device }) }
}

/** Covers measures, artifacts and report; a result contains no times, hosts or attempts. */
export function resultHash(result: TaskResult): string {
  return hashJson(result)
}

type KeyedHash = { readonly key: string; readonly resultHash: string | null }

/** Covers the results of a run's tasks by key, in any order. Null until every task has one. */
export function runHash(tasks: readonly KeyedHash[]): string | null {
  const hashes: Record<string, string> = {}
  for (const task of tasks) {
    if (task.resultHash === null) return null
    hashes[task.key] = task.resultHash
  }
  return hashJson(hashes)
}

type RunResult = { readonly condition: string; readonly seed: number; readonly resultHash: string | null }

/** Covers the results of all runs, and of shared tasks such as the analysis. Null until all are there. */
export function experimentHash(runs: readonly RunResult[], sharedTasks: readonly KeyedHash[]): string | null {
  const shared = runHash(sharedTasks)
  if (shared === null || runs.some((run) => run.resultHash === null)) return null
  const sorted = runs.toSorted((a, b) =>
    a.condition === b.condition ? a.seed - b.seed : a.condition < b.condition ? -1 : 1,
  )
  return hashJson({ runs: sorted.map(({ condition, seed, resultHash: hash }) => [condition, seed, hash]), shared })
}
