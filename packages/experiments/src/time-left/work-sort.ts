import type { TaskKind } from '@goalpost/contracts'

type Work = {
  readonly kind: TaskKind
  readonly engine: string
  readonly unit: string
  /** What the protocol says makes a unit dear. */
  readonly sort: string
}

/** A name for work of which equal amounts take equally long on one machine. */
export function workSort({ kind, engine, unit, sort }: Work): string {
  return [kind, engine, unit, sort].join('|')
}

/** What such sorts have in common that differ in what the protocol says alone. */
export function familyOf(sort: string): string {
  return sort.slice(0, sort.lastIndexOf('|'))
}
