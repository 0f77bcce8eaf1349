import type { TaskKind } from '@goalpost/contracts'

type Work = {
  readonly kind: TaskKind
  readonly engine: string
  readonly unit: string
  /** The protocol's name for what makes a unit expensive. */
  readonly sort: string
}

/** A name for work whose equal amounts take equally long on one machine. */
export function workSort({ kind, engine, unit, sort }: Work): string {
  return [kind, engine, unit, sort].join('|')
}

/** The common part of sorts that differ only in the protocol's name. */
export function familyOf(sort: string): string {
  return sort.slice(0, sort.lastIndexOf('|'))
}
