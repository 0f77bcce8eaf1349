import { transcriptFile, type ChatReply, type TranscriptFile } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'

/** Equal dialogues give equal bytes, wherever their parts come from. */
export function encodeTranscripts(given: TranscriptFile): Uint8Array {
  return new TextEncoder().encode(canonicalJson(given))
}

/** @throws SyntaxError or ZodError for other bytes */
export function parseTranscripts(bytes: Uint8Array): TranscriptFile {
  return transcriptFile.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** Why a reply is no answer; null if it is one. */
export function withoutAnswer({
  text,
  refusal,
  finish,
}: ChatReply): 'refused' | 'truncated' | 'empty' | 'unreadable' | null {
  if (finish === 'unreadable') return 'unreadable'
  if ((refusal !== null && refusal.trim() !== '') || finish === 'content_filter') return 'refused'
  if (finish === 'length') return 'truncated'
  return text === null || text.trim() === '' ? 'empty' : null
}
