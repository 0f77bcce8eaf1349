/**
 * Draws the curves of a report as SVG files:
 *
 *     npx goalpost results EXPERIMENT --json > results.json
 *     node scripts/draw-report-series.ts results.json FOLDER/NAME 'part of a title' …
 *
 * writes FOLDER/NAME-1.svg for the first series whose title contains the first text, and so on.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { seriesDocument } from '@goalpost/report-view/static'
import { report, type SeriesPart } from '@goalpost/contracts'

const [file, prefix, ...titles] = process.argv.slice(2)
if (file === undefined || prefix === undefined || titles.length === 0)
  throw new RangeError("draw-report-series.ts RESULTS.json FOLDER/NAME 'part of a title' …")

const { parts } = report.parse((JSON.parse(readFileSync(file, 'utf8')) as { report: unknown }).report)
const series = parts.filter((part): part is SeriesPart => part.type === 'series')

for (const [index, title] of titles.entries()) {
  const part = series.find((candidate) => candidate.title.includes(title))
  const drawn = part === undefined ? null : seriesDocument(part)
  if (drawn === null) throw new RangeError(`there is no series '${title}' with values in ${file}`)
  writeFileSync(`${prefix}-${index + 1}.svg`, drawn)
}
