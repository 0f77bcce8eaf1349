import type { ResultsView, VerdictPart } from '@goalpost/contracts'
import { createAnchors } from './anchors.ts'
import { cardAxes, type CardAxes } from './parts/card-axes.ts'
import { arrangeParts, type Section } from './sections.ts'

export type Results = Pick<ResultsView, 'status' | 'report'>
export type ShownSection = Section

/** A report in the order of its page: the answer, then the evidence. */
export type ArrangedReport = {
  readonly sections: readonly ShownSection[]
  /** Shared by all verdicts, so that they can be compared by eye. */
  readonly axes: CardAxes
}

export function arrangeReport({ report }: Results, anchorOf = createAnchors()): ArrangedReport {
  const parts = report?.parts ?? []
  return {
    sections: arrangeParts(parts, anchorOf),
    axes: cardAxes(parts.filter((part): part is VerdictPart => part.type === 'verdict')),
  }
}
