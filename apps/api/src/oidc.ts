import type { Account } from '@goalpost/experiments'
import * as oidc from 'openid-client'
import { basicCredentials, explainAnswer, explainDiscovery } from './oidc-failures.ts'

export type OidcSettings = {
  /** Exactly as in the provider's metadata: also a slash at the end counts. */
  readonly issuer: string
  readonly clientId: string
  /** Null for a public client. */
  readonly clientSecret: string | null
  /** What the button says. */
  readonly name: string
  /** The address of the service in browsers, without a slash at the end. */
  readonly publicUrl: string
}

/** What the browser keeps, in a cookie, while its user signs in elsewhere. */
export type OidcAttempt = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly workspace: string | null
}

/** Sign-in with an account elsewhere: OpenID Connect, authorization code with PKCE. */
export type OidcSignIn = {
  readonly name: string
  readonly publicUrl: string
  /** Where the browser goes, and what it keeps until it comes back. */
  start(workspace: string | null): Promise<{ readonly address: string; readonly attempt: OidcAttempt }>
  /** Who came back. Throws `invalid-session` if the answer does not belong to the attempt or is not valid; see `explainAnswer`. */
  finish(query: string, attempt: OidcAttempt): Promise<Account>
}

export const callbackPath = '/v1/oidc/callback'

export function createOidcSignIn(settings: OidcSettings): OidcSignIn {
  const { issuer, clientId, clientSecret, name, publicUrl } = settings
  let discovered: Promise<oidc.Configuration> | null = null
  /** At the first sign-in, as the provider may start later than the service; after a failure once more. */
  const discover = (): Promise<oidc.Configuration> => {
    const execute = isLoopback(issuer) ? [oidc.allowInsecureRequests] : []
    discovered ??= oidc
      .discovery(new URL(issuer), clientId, undefined, clientAuth(clientSecret), { execute, timeout: 10 })
      .catch((error: unknown) => {
        discovered = null
        throw explainDiscovery(error, issuer)
      })
    return discovered
  }
  return {
    name,
    publicUrl,
    async start(workspace) {
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        workspace,
      }
      const address = oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: publicUrl + callbackPath,
        scope: 'openid email',
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        state: attempt.state,
        nonce: attempt.nonce,
      })
      return { address: address.href, attempt }
    },
    async finish(query, attempt) {
      const config = await discover()
      const url = new URL(`${publicUrl}${callbackPath}?${query}`)
      const credentials = clientSecret === null ? [] : [clientSecret, ...basicCredentials(clientId, clientSecret)]
      const secrets = [...credentials, url.searchParams.get('code') ?? '', attempt.verifier]
      return readAccount(config, url, attempt).catch((error: unknown) => {
        throw explainAnswer(error, secrets)
      })
    },
  }
}

/** As the provider says that clients prove who they are; by default in the header, as OpenID Connect does. */
function clientAuth(secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None()
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request)
  }
}

async function readAccount(config: oidc.Configuration, url: URL, attempt: OidcAttempt): Promise<Account> {
  const tokens = await oidc.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: attempt.verifier,
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('The answer has no ID token')
  const told = claims.email === undefined ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims
  const email = told.email_verified === true && typeof told.email === 'string' ? told.email : null
  return { issuer: claims.iss, subject: claims.sub, email }
}

/** Only on the same machine may the provider be used without TLS. */
function isLoopback(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
