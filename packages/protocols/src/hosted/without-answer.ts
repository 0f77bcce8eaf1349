import type { ChatReply } from '@goalpost/contracts'

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
