import { transcriptFile, type TranscriptFile } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'

/** Equal dialogues give equal bytes, wherever their parts come from. */
export function encodeTranscripts(given: TranscriptFile): Uint8Array {
  return new TextEncoder().encode(canonicalJson(given))
}

/** @throws SyntaxError or ZodError for other bytes */
export function parseTranscripts(bytes: Uint8Array): TranscriptFile {
  return transcriptFile.parse(JSON.parse(new TextDecoder().decode(bytes)))
}
