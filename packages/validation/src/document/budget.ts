/**
 * The size limits of a document. The largest experiment, 200 conditions that each repeat lists of options, has some
 * 20,000 values; larger documents would only keep parsers and schemas busy.
 */
export const documentBudget = {
  /** Texts, numbers, lists, objects, …; the content of an alias counts each time. Field names do not count. */
  values: 50_000,
  /** Schemas recurse. */
  depth: 64,
} as const

export const tooDeep = `nested more than ${documentBudget.depth} levels deep`
export const tooMany = `more than ${documentBudget.values.toLocaleString('en-US')} values`
/** Of what holds few values and a great many lines, commas or spaces. */
export const tooLong = `more lines and marks than ${documentBudget.values.toLocaleString('en-US')} values need`
