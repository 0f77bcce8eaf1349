import { samplesMediaType, type ArtifactRef, type SampleFile } from '@goalpost/contracts'
import { decodeTokens, type ProbeSuite } from '@goalpost/language-tasks'
import type { TaskContext } from '@goalpost/experiments'
import type { PromptReading } from './summarise-probes.ts'

/** More are never looked at. */
const mostSamples = 2_000

/** Six digits tell probabilities apart. */
const rounded = (value: number) => Math.round(value * 1_000_000) / 1_000_000

/** Every prompt with the model's probabilities of both words, to be read one by one. */
export function storeSamples(
  { artifacts }: Pick<TaskContext, 'artifacts'>,
  suite: Pick<ProbeSuite, 'prompts'>,
  readings: readonly PromptReading[],
): Promise<ArtifactRef> {
  const bytes = new TextEncoder().encode(JSON.stringify(samplesOf(suite, readings)))
  return artifacts.write({ name: 'samples', bytes, mediaType: samplesMediaType })
}

export function samplesOf({ prompts }: Pick<ProbeSuite, 'prompts'>, readings: readonly PromptReading[]): SampleFile {
  const hasRewards = readings.some(({ rewarded }) => rewarded !== undefined)
  return {
    format: 'goalpost-samples/1',
    numbers: [
      'probability of the proxy word',
      'probability of the intended word',
      ...(hasRewards ? ['reward model prefers the proxy word'] : []),
    ],
    samples: prompts.slice(0, mostSamples).map(({ probe, kind, tokens, proxy, intended }, row) => {
      const reading = readings[row]
      return {
        group: `${probe}, ${kind}`,
        input: decodeTokens(tokens),
        answers: [
          { name: 'proxy', text: decodeTokens([proxy]) },
          { name: 'intended', text: decodeTokens([intended]) },
        ],
        values: [
          rounded(reading.proxy),
          rounded(reading.intended),
          ...(hasRewards ? [reading.rewarded === true ? 1 : 0] : []),
        ],
      }
    }),
  }
}
