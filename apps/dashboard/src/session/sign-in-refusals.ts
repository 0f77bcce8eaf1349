import { signInRefusal, type SignInRefusal } from '@goalpost/contracts'

/** `refused`: why a sign-in with an account elsewhere failed. */
export type SignInSearch = { readonly refused?: SignInRefusal }

export function parseSignInSearch({ refused }: Readonly<Record<string, unknown>>): SignInSearch {
  const parsed = signInRefusal.safeParse(refused)
  return parsed.success ? { refused: parsed.data } : {}
}

type Explanation = { readonly what: string; readonly next: string }

/** What happened, and what to do. */
export const refusals: Readonly<Record<SignInRefusal, Explanation>> = {
  lost: {
    what: 'This sign-in was not started in this browser, was started more than ten minutes ago, or was finished before.',
    next: 'Start again here, in one window. If it happens every time, allow cookies for this site.',
  },
  declined: {
    what: 'Your account’s provider did not sign you in: you declined, or your account may not use this service.',
    next: 'Start again. If the provider refuses your account, ask those who administer it there.',
  },
  'not-valid': {
    what: 'The answer of your account’s provider was not accepted: it was used before, has expired or was changed.',
    next: 'Start again. If it happens every time, ask the operator of this service to look at its log.',
  },
  'not-a-member': {
    what: 'The provider knows you, but your account is not a member of a workspace here.',
    next: 'Ask an administrator of the workspace to add the address of your account (Administration, Members). If you have several accounts, sign in with another one.',
  },
  'not-verified': {
    what: 'The provider has not verified the e-mail address of your account, so it cannot be matched with a member.',
    next: 'Verify the address at your provider, then start again.',
  },
  unavailable: {
    what: 'Your account’s provider cannot be reached at the moment.',
    next: 'Try again in a minute, or sign in with an API key.',
  },
  misconfigured: {
    what: 'Sign-in with an account elsewhere is not set up here, or not as the provider needs it.',
    next: 'Sign in with an API key, and tell the operator of this service, whose log has the details.',
  },
}
