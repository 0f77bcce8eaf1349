import { z } from 'zod'

/** Why a sign-in with an account elsewhere failed: `refused` in the address of the dashboard's sign-in page. */
export const signInRefusal = z.enum([
  /** Not started in this browser, or too long ago, or finished before. */
  'lost',
  /** The provider did not sign the person in: they declined, or may not use this service. */
  'declined',
  /** The provider's answer was not accepted. */
  'not-valid',
  'not-a-member',
  /** The provider has not verified the address of the account. */
  'not-verified',
  /** The provider cannot be reached. */
  'unavailable',
  /** A setting of the operator does not fit the provider, or no provider is set. */
  'misconfigured',
])
export type SignInRefusal = z.infer<typeof signInRefusal>
