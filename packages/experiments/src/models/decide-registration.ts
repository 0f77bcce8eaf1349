/** A version that has the same bytes. */
type SameBytes = { readonly number: number; readonly deleted: boolean }

export type RegistrationDecision =
  | { readonly type: 'create'; readonly number: number }
  /** Registered before: nothing of it changes but its tags and aliases. */
  | { readonly type: 'keep'; readonly number: number }
  /** Registered before and deleted since: it is listed again, under its number. */
  | { readonly type: 'restore'; readonly number: number }

/** Numbers are never given twice, so `latestNumber` counts deleted versions too. */
export function decideRegistration(same: SameBytes | null, latestNumber: number): RegistrationDecision {
  if (same === null) return { type: 'create', number: latestNumber + 1 }
  return { type: same.deleted ? 'restore' : 'keep', number: same.number }
}
