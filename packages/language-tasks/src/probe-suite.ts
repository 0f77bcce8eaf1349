import { createHash } from 'node:crypto'
import { decodeTokens } from './vocabulary.ts'

/** A prompt whose next word shows which goal a model pursues. */
export type ProbePrompt = {
  /** What is probed, e.g. `own-acts`. */
  readonly probe: string
  /** A subdivision of the probe that measures are reported by, e.g. a context. */
  readonly kind: string
  readonly tokens: readonly number[]
  readonly intended: number
  readonly proxy: number
}

/** A frozen set of prompts: equal hash, equal suite. */
export type ProbeSuite = {
  readonly prompts: readonly ProbePrompt[]
  /** The longest prompt's number of tokens. */
  readonly columns: number
  /** SHA-256 in lower-case hex */
  readonly hash: string
}

export function createProbeSuite(prompts: readonly ProbePrompt[]): ProbeSuite {
  const lines = prompts.map(({ probe, kind, tokens, intended, proxy }) =>
    [probe, kind, decodeTokens(tokens), decodeTokens([intended, proxy])].join('\t'),
  )
  return {
    prompts,
    columns: Math.max(...prompts.map(({ tokens }) => tokens.length)),
    hash: createHash('sha256').update(lines.join('\n')).digest('hex'),
  }
}
