import { GoalpostError } from '@goalpost/contracts'

/**
 * Decodes UTF-8. Invalid bytes are refused: a decoder that repairs them stores another text than was sent. `what`
 * starts the sentence of the refusal, e.g. `The body`.
 */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new GoalpostError('malformed-body', `${what} is not UTF-8 text: save or send it in UTF-8`, { cause })
  }
}
