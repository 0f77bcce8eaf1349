import type { Progress } from '@goalpost/contracts'
import { formatCompact, formatDuration } from '../terminal/numbers.ts'
import { plain } from '../terminal/text.ts'
import type { RunPhase, RunProgress } from './progress.ts'

/** `train · 310k of 512k steps, 48.2k/s, 4 s left` */
export function currentText(current: RunProgress['current'], separator: string): string {
  if (current === null) return ''
  const detail = current.progress === null ? [] : [detailText(current.progress)]
  return [plain(current.key), ...detail].join(separator)
}

function detailText({ done, total, unit, perSecond }: Progress): string {
  const rate =
    perSecond === undefined || perSecond <= 0
      ? []
      : [`${formatCompact(perSecond)}/s`, `${formatDuration((total - done) / perSecond)} left`]
  return [`${formatCompact(done)} of ${formatCompact(total)} ${plain(unit)}`, ...rate].join(', ')
}

/** The words for phases, in the order of display. */
const phaseWords: Readonly<Record<RunPhase, string>> = {
  succeeded: 'done',
  working: 'running',
  trained: 'trained, awaiting evaluation',
  shared: 'waiting for shared tasks',
  waiting: 'waiting',
  failed: 'failed',
  cancelled: 'cancelled',
}

export function countPhases(runs: readonly Pick<RunProgress, 'phase'>[]): string[] {
  return Object.entries(phaseWords)
    .map(([phase, word]) => ({ word, count: runs.filter((run) => run.phase === phase).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
}
