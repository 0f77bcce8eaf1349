import { GoalpostError, reportPart, type ReportPart, type ResultsView } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'

export type PartType = ReportPart['type']

const partTypes: readonly PartType[] = reportPart.options.map(({ shape }) => shape.type.value)

/**
 * The types in a comma-separated list, each once and sorted, so that equal choices have equal tags.
 *
 * @throws GoalpostError `unknown-value` with the field if one is not a type of report parts.
 */
export function parsePartTypes(list: string): readonly PartType[] {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const known = new Map<string, PartType>(partTypes.map((type) => [type, type]))
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined || names.length === 0) throw unknownPart(unknown)
  return partTypes.filter((type) => names.includes(type))
}

function unknownPart(name = ''): GoalpostError {
  const message = name === '' ? 'names no type of report part' : `unknown type of report part \`${name}\``
  const remedy = suggestName(name, partTypes)
  const issue = { pointer: '/query/parts', message, ...(remedy === undefined ? {} : { remedy }) }
  return new GoalpostError('unknown-value', `${issue.pointer}: ${message}`, { issues: [issue] })
}

/** The results with only these parts of the report, and without aggregates. */
export function chooseParts(results: ResultsView, types: readonly PartType[]): ResultsView {
  const { report } = results
  if (report === null) return { ...results, aggregates: [] }
  const parts = report.parts.filter(({ type }) => types.includes(type))
  return { ...results, report: { ...report, parts }, aggregates: [] }
}
