import type { Sample, SampleFile } from '@goalpost/contracts'

/** Which sample is read, as in the page's address. */
export type SampleView = {
  /** Only samples of this group. */
  readonly group?: string
  /** The number that orders them, by its place; the largest value comes first. Default: the first. */
  readonly by?: number
  /** Place in that order. */
  readonly sample?: number
  /** The run from which a task was opened, to go back to it. */
  readonly run?: string
}

/** Ignores what it does not know, as people edit addresses. */
export function parseSampleView(search: Readonly<Record<string, unknown>>): SampleView {
  const { group, run } = search
  const by = countOf(search['by'])
  const sample = countOf(search['sample'])
  return {
    ...(typeof group === 'string' && group !== '' ? { group } : {}),
    ...(by === undefined ? {} : { by }),
    ...(sample === undefined ? {} : { sample }),
    ...(typeof run === 'string' && run !== '' ? { run } : {}),
  }
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The samples of a group, the largest value of a number first; equal ones as they were stored. */
export function orderedSamples({ samples }: SampleFile, { group, by = 0 }: SampleView): Sample[] {
  const valueOf = ({ values }: Sample): number => values[by] ?? 0
  return samples
    .filter((sample) => group === undefined || sample.group === group)
    .toSorted((a, b) => valueOf(b) - valueOf(a))
}
