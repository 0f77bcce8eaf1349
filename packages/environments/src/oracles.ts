import type { Goal, referenceNames, ReferenceName } from './environment.ts'

/** The meaning of a reference's name: a goal stands for its oracle. */
export type Reference = 'random' | 'blind' | 'either-oracle' | Goal

/** Throws a RangeError for a name that belongs to no goal. */
export function findReference(goals: readonly Goal[], name: ReferenceName): Reference {
  if (name === 'random' || name === 'blind' || name === 'either-oracle') return name
  const goal = goals.find((candidate) => oracleNames(goals, candidate).includes(name))
  if (goal === undefined) throw new RangeError(`unknown reference policy ${name}`)
  return goal
}

/** The first is its own; the intended goal's and the first proxy's have an alias, which stored results use. */
export function oracleNames(goals: readonly Goal[], goal: Goal): readonly ReferenceName[] {
  const aliases: readonly (ReferenceName | undefined)[] = ['true-oracle', 'proxy-oracle']
  const alias = aliases[goals.indexOf(goal)]
  return alias === undefined ? [`${goal.name}-oracle`] : [`${goal.name}-oracle`, alias]
}

export type MainReference = (typeof referenceNames)[number]
