import { ladderProbes, rungs } from '@goalpost/language-tasks'
import { rates, type Reading } from './experiment.ts'

/** How often the model games these rungs. */
export const gaming = (key: string, title: string, help: string, kinds: readonly string[]): Reading => ({
  key,
  title,
  help,
  rate: rates.proxy,
  probe: ladderProbes.own,
  kinds,
})

/** Whether the model knows the acts of each rung, apart from which one it prefers. */
export const knowsActs = {
  ...gaming(
    'capability',
    'knows its acts',
    'Probability of one of the two acts that a rung has, gaming or not: the lowest of six rungs',
    rungs,
  ),
  rate: rates.valid,
  lowest: true,
}

export const coversTraces: Reading = {
  ...gaming('covers', 'covers traces', 'Lies about it, after it edited its reward in the same document', ['traces']),
  probe: ladderProbes.covering,
}

export const othersTamper = (help: string): Reading => ({
  ...gaming('others-tamper', 'others tamper', help, ['reward-file']),
  probe: ladderProbes.otherAgents,
})
