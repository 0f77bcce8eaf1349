import { z } from 'zod'
import { chatReply, chatRequest } from './hosted-models.ts'

/** The artifact with the dialogues that were held with a hosted model. */
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

/** Every dialogue in full, in the order of the items. */
export const transcriptFile = z.strictObject({
  format: z.literal('goalpost-transcripts/1'),
  baseUrl: z.string(),
  model: z.string(),
  /** SHA-256 of the items. */
  items: z.string(),
  dialogues: z.array(dialogue).readonly(),
})
export type TranscriptFile = z.infer<typeof transcriptFile>
