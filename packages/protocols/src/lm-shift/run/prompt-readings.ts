import type { ProbeSuite } from '@goalpost/language-tasks'
import type { PromptReading } from './summarise-probes.ts'

/** Probabilities of each prompt's two words. probabilities: [prompts · V] */
export function promptReadings(
  { prompts }: Pick<ProbeSuite, 'prompts'>,
  probabilities: Float32Array,
): readonly PromptReading[] {
  const vocabulary = probabilities.length / prompts.length
  return prompts.map(({ proxy, intended }, row) => ({
    proxy: probabilities[row * vocabulary + proxy],
    intended: probabilities[row * vocabulary + intended],
  }))
}
