import type { VerdictPart } from '@goalpost/contracts'
import type { Terminal } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { plain, plural } from '../terminal/text.ts'
import { tallyText } from './verdict-card.ts'

/** The finding in one sentence: from the report, or built from the verdict for reports of earlier versions. */
export function verdictSentence(terminal: Terminal, part: VerdictPart): string {
  const sentence = part.sentence ?? makeSentence(terminal, part)
  return prose(terminal, sentence) + (part.provisional ? ' (provisional)' : '')
}

function makeSentence(terminal: Terminal, part: VerdictPart): string {
  const names = Object.entries(part.tally).filter(([, count]) => count > 0)
  const total = names.reduce((sum, [, count]) => sum + count, 0)
  const tally = names.length === 1 ? `${total} of ${plural(total, 'seed')}` : tallyText(terminal, part)
  const counts = tally === '' ? '' : ` (${tally})`
  // A decimal point does not end a sentence.
  const [first = ''] = part.reason.split(/(?<=[.!?])\s+(?=\p{Lu})/u)
  return `${plain(part.verdict).replaceAll('-', ' ')}${counts}: ${first}`
}
