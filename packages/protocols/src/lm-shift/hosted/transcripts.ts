import { chatReply, chatRequest, type ChatReply } from '@goalpost/contracts'
import { canonicalJson } from '@goalpost/experiments'
import { z } from 'zod'

/** The artifact of an asking: every dialogue in full. */
export const transcriptsArtifact = 'transcripts'

const dialogue = z.strictObject({
  /** The item's. */
  id: z.string(),
  /** All of it, the model's answers included. */
  messages: chatRequest.shape.messages,
  /** The model's answers with what came with them, in order. */
  replies: z.array(chatReply).readonly(),
})
export type Dialogue = z.infer<typeof dialogue>

const transcripts = z.strictObject({
  format: z.literal('goalpost-transcripts/1'),
  baseUrl: z.string(),
  model: z.string(),
  /** SHA-256 of the items. */
  suite: z.string(),
  dialogues: z.array(dialogue).readonly(),
})
export type Transcripts = z.infer<typeof transcripts>

/** Equal dialogues give equal bytes, wherever their parts come from. */
export function encodeTranscripts(given: Transcripts): Uint8Array {
  return new TextEncoder().encode(canonicalJson(given))
}

/** @throws SyntaxError or ZodError for other bytes */
export function parseTranscripts(bytes: Uint8Array): Transcripts {
  return transcripts.parse(JSON.parse(new TextDecoder().decode(bytes)))
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
