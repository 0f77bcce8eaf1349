import type { ChatReply } from '@goalpost/contracts'

const removed = '[removed]'

/** Shorter ones, such as `none` for a server of one's own, are words rather than secrets. */
const shortestSecret = 8

/** Replaces keys wherever a text has one, also in the forms in which servers repeat them. */
export function secretRemover(keys: readonly string[]): (text: string) => string {
  const forms = keys
    .filter((key) => key.length >= shortestSecret)
    .flatMap((key) => [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      JSON.stringify(key).slice(1, -1),
    ])
  const unique = [...new Set(forms)].toSorted((a, b) => b.length - a.length)
  return (text) => unique.reduce((rest, form) => rest.replaceAll(form, removed), text)
}

/** The same reply without the keys. */
export function withoutSecrets(reply: ChatReply, remove: (text: string) => string): ChatReply {
  const clean = (text: string | null) => (text === null ? null : remove(text))
  return {
    ...reply,
    text: clean(reply.text),
    refusal: clean(reply.refusal),
    finish: remove(reply.finish),
    model: clean(reply.model),
    fingerprint: clean(reply.fingerprint),
  }
}
