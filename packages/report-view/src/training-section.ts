import type { Linked } from './contents-nav.ts'
import { html, type Html } from './html.ts'
import type { TrainingCurves } from './page-subject.ts'
import { smallSeriesFigure } from './series-figure.ts'
import { trainingParts } from './training-parts.ts'

/** Losses, entropy and the other curves of training, folded; null if there are none. */
export function trainingSection(
  training: TrainingCurves | undefined,
  anchorOf: (title: string) => string,
): (Linked & { readonly body: Html }) | null {
  const series = training === undefined ? [] : trainingParts(training.runs, training.unit)
  if (training === undefined || series.length === 0) return null
  const title = 'Training'
  const anchor = anchorOf(title)
  const parts = series.map((part) => ({ part, anchor: anchorOf(part.title) }))
  return {
    title,
    anchor,
    parts,
    body: html`<section id="${anchor}">
      <h2>${title}</h2>
      <p class="note">
        The mean over seeds, iteration by iteration, between the lowest and the highest
        seed.${training.leftOut === 0 ? null : ` Of ${training.runs.length} runs; ${training.leftOut} more are left out.`}
      </p>
      <details>
        <summary>${series.map((part) => part.title).join(', ')}</summary>
        <div class="abreast">
          ${series.map((part, index) => smallSeriesFigure(part, parts[index]?.anchor ?? anchor))}
        </div>
      </details>
    </section> `,
  }
}
