/** A condition of an experiment; without a condition, all of them. */
export type Arm = { readonly experimentId: string; readonly condition?: string }

export type ComparisonSearch = {
  readonly arms: readonly string[]
  /** One condition; default: the first. */
  readonly baseline?: string
}

/** Between the experiment's id and the condition in the page's address; ids have no slash. */
const separator = '/'

/** Ignores what it does not know, as people edit addresses. */
export function parseComparisonSearch(search: Readonly<Record<string, unknown>>): ComparisonSearch {
  const given = Array.isArray(search['arms']) ? search['arms'] : [search['arms']]
  const arms = given.filter((arm): arm is string => typeof arm === 'string' && arm !== '')
  const { baseline } = search
  return mergeArms({ arms, ...(typeof baseline === 'string' && baseline !== '' ? { baseline } : {}) })
}

/** Each condition once: one alone is left out beside all of its experiment. The first arm stays the baseline. */
function mergeArms({ arms, baseline }: ComparisonSearch): ComparisonSearch {
  const given = new Set(arms)
  const isPart = (arm: string): boolean => arm.includes(separator) && given.has(parseArm(arm).experimentId)
  const first = baseline ?? arms.slice(0, 1).find(isPart)
  return {
    arms: [...given].filter((arm) => !isPart(arm)),
    ...(first === undefined ? {} : { baseline: first }),
  }
}

/** The comparison with one arm more. */
export function withArm(search: ComparisonSearch, arm: Arm): ComparisonSearch {
  return mergeArms({ ...search, arms: [...search.arms, armText(arm)] })
}

/** The comparison without an arm; the baseline is forgotten if it was part of that arm only. */
export function withoutArm({ arms, baseline }: ComparisonSearch, removed: string): ComparisonSearch {
  const left = arms.filter((arm) => arm !== removed)
  const isLeft = baseline !== undefined && left.some((arm) => arm === baseline || baseline.startsWith(arm + separator))
  return { arms: left, ...(isLeft ? { baseline } : {}) }
}

export function parseArm(text: string): Arm {
  const at = text.indexOf(separator)
  return at < 0 ? { experimentId: text } : { experimentId: text.slice(0, at), condition: text.slice(at + 1) }
}

export function armText({ experimentId, condition }: Arm): string {
  return condition === undefined ? experimentId : `${experimentId}${separator}${condition}`
}
