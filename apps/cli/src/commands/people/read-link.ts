import { GoalpostError } from '@goalpost/contracts'

/** The parts of `https://goalpost.example.org/join#gp_…`, also below a sub-path. */
export function readLink(link: string): { readonly baseUrl: string; readonly token: string } {
  const url = URL.parse(link)
  const folder = /^(.*)\/join$/.exec(url?.pathname ?? '')?.[1]
  const token = url?.hash.slice(1) ?? ''
  if (url === null || folder === undefined || token === '')
    throw new GoalpostError(
      'invalid-request',
      'The link of an invitation looks like https://goalpost.example.org/join#gp_…',
    )
  return { baseUrl: url.origin + folder, token }
}
