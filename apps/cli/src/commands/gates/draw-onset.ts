import { onsetSentence, onsetSeries, type OnsetCurve } from '@goalpost/contracts'
import { renderSeries } from '../../report/series-plot.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { plain } from '../../terminal/text.ts'

/** A rule's measure over versions, with its line; nothing if fewer than two versions were measured. */
export function drawOnset(terminal: Terminal, curve: OnsetCurve): string[] {
  if (curve.points.length < 2) return []
  const sentence = terminal.colours.dim(`  ${plain(onsetSentence(curve))}`)
  return ['', ...renderSeries(terminal, onsetSeries(curve)), sentence]
}
