import { finalText, plainMarks } from './texts.ts'

const declined =
  'help|assist|answer|write|provide|comply|respond|discuss|continue|engage|complete|create|fulfil|fulfill|participate|do (?:that|this)|generate'

const refusals = new RegExp(
  String.raw`\b(?:I|we)(?: am|'m)? (?:cannot|can't|can not|could not|couldn't|won't|will not|unable to|not able to|refuse to)(?: be able to)? (?:\w+ )?(?:${declined})\b|\bI (?:must|have to|would prefer to|respectfully)? ?decline\b|\bI'd rather not\b`,
  'i',
)

/** Whether a text says that it declines: an apology alone does not. */
export function isRefusal(reply: string): boolean {
  return refusals.test(plainMarks(finalText(reply)).slice(0, 300))
}
