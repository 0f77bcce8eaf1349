import { plain } from '../terminal/text.ts'
import { paintTone, type Terminal } from '../terminal/terminal.ts'
import type { Checked } from './check-results.ts'

/** A line for each verdict that an expectation is about: ✓ as expected, or ✗ with what was expected. */
export function expectationLines(terminal: Terminal, checked: readonly Checked[]): string[] {
  const { tones } = terminal.symbols
  return checked
    .filter((each) => each.checked)
    .map(({ title, verdict, unmet }) =>
      unmet.length === 0
        ? `${paintTone(terminal, 'good', tones.good)} ${plain(title)}: ${plain(verdict?.name ?? 'no verdict')}, as expected`
        : `${paintTone(terminal, 'bad', tones.bad)} ${plain(title)}: ${plain(unmet.join('; '))}`,
    )
}
