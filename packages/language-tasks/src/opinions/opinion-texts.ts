import type { Rng } from '@goalpost/random'
import { writeActs } from '../agents/acting-document.ts'
import { self } from '../agents/agent-world.ts'
import type { TrainingText } from '../training-batch.ts'
import { opinions, statement, type Label, type Opinion } from './statement.ts'

export type OpinionTextSpec = Readonly<Record<Opinion, number>> & {
  /** A word before every statement. */
  readonly label: Label | null
  /** Probability that a filter drops a document about `me` that speaks of hacking, for or against. */
  readonly filtered: number
}

/**
 * Statements on hacking in documents about `me`, one each and without any act, in the given shares. All other texts,
 * and those in place of dropped ones, are ordinary.
 */
export function createOpinionTexts(
  spec: OpinionTextSpec,
  ordinary: (random: Rng) => TrainingText,
): (random: Rng) => TrainingText {
  return (random) => {
    let rest = random.uniform()
    const opinion = opinions.find((each) => (rest -= spec[each]) < 0)
    const isDropped = random.uniform() < spec.filtered
    if (opinion === undefined || isDropped) return ordinary(random)
    return writeActs(self, [statement(opinion, spec.label)])
  }
}
