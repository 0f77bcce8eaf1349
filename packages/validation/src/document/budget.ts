/**
 * How much one document may hold. The largest experiment, 200 conditions that each repeat lists of options, comes to some 20,000
 * values; what is larger would only keep parsers and schemas busy.
 */
export const documentBudget = {
  /** Texts, numbers, lists, objects, …; what an alias stands for counts each time. Field names do not. */
  values: 50_000,
  /** Schemas recurse. */
  depth: 64,
} as const

export const tooDeep = `nested more than ${documentBudget.depth} levels deep`
export const tooMany = `more than ${documentBudget.values.toLocaleString('en-US')} values`
/** Of what holds few values and a great many lines, commas or spaces. */
export const tooLong = `more lines and marks than ${documentBudget.values.toLocaleString('en-US')} values need`
