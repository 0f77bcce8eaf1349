import { GoalpostError } from '@goalpost/contracts'
import { z } from 'zod'

/** Why the provider's metadata could not be read. The cause, for the log, names both issuers if they differ. */
export function explainDiscovery(error: unknown, issuer: string): GoalpostError {
  const mismatch = issuerMismatch.safeParse(error)
  if (!mismatch.success) return away(error)
  const found = mismatch.data.cause.body.issuer
  return new GoalpostError(
    'internal',
    'The sign-in provider has another issuer than GOALPOST_OIDC_ISSUER: the operator must correct this setting',
    { cause: new Error(`Expected the issuer ${issuer}, but the metadata of the provider have ${found}`) },
  )
}

/** What the library throws if it refused the provider's metadata because of the issuer in them. */
const issuerMismatch = z.object({
  code: z.literal('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'),
  cause: z.object({ attribute: z.literal('issuer'), body: z.object({ issuer: z.string() }) }),
})

/**
 * Why the provider did not say who came back: `unavailable` if it may tomorrow, `internal` if it does not accept this
 * service, `invalid-session` if it does not accept this sign-in. The cause, for the log, has the provider's own error
 * without the `secrets` that it was sent and may repeat.
 */
export function explainAnswer(error: unknown, secrets: readonly string[]): GoalpostError {
  const answer = readAnswer(error)
  const told = [...(answer === null ? [] : [`The provider answered ${textOf(answer)}`]), ...messagesOf(error)]
  const cause = new Error(withoutSecrets(told.join(': '), secrets))
  if (isAway(error, answer)) return away(cause)
  if (answer?.status === 401 || refusalsOfClients.has(answer?.error ?? ''))
    return new GoalpostError(
      'internal',
      'The sign-in provider does not accept this service: the operator must correct GOALPOST_OIDC_CLIENT_ID or GOALPOST_OIDC_CLIENT_SECRET',
      { cause },
    )
  return new GoalpostError('invalid-session', 'The sign-in was not completed: start again', { cause })
}

const away = (cause: unknown): GoalpostError =>
  new GoalpostError('unavailable', 'The sign-in provider cannot be reached: try again in a moment', { cause })

/** RFC 6749, section 5.2: the fault of the client, which is this service, and not of the code that it sent. */
const refusalsOfClients: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

const answerSchema = z.object({
  status: z.number(),
  error: z.string().optional(),
  error_description: z.string().optional(),
})
type Answer = z.infer<typeof answerSchema>

/** The provider's answer, if the library refused it: in the error, or the error's cause is the response. */
function readAnswer(error: unknown): Answer | null {
  for (const holder of [error, error instanceof Error ? error.cause : null]) {
    const parsed = answerSchema.safeParse(holder)
    if (parsed.success) return parsed.data
  }
  return null
}

/** The cause tells a `TypeError` of `fetch`, which found no server, from those about wrong arguments. */
function isAway(error: unknown, answer: Answer | null): boolean {
  if (answer !== null) return answer.status >= 500 || answer.status === 429
  if (error instanceof TypeError) return error.cause !== undefined
  return z.object({ code: z.enum(['OAUTH_TIMEOUT', 'OAUTH_ABORT']) }).safeParse(error).success
}

function textOf({ status, error, error_description: description }: Answer): string {
  return [String(status), error, description].filter((part) => part !== undefined).join(', ')
}

/** Of an error and what caused it, from the outside in. */
function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : []
}

/** Also as they are written in addresses and forms. What is shorter than 8 characters is no secret. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const written = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), inForm(secret)])
    .filter(({ length }) => length >= 8)
  return written.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}

const inForm = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

/** How a client shows its secret in a header: RFC 6749, section 2.3.1, and as libraries escape it. */
export function basicCredentials(clientId: string, clientSecret: string): readonly string[] {
  const escapes = [inForm, encodeURIComponent, (text: string) => text, escapeAll]
  return escapes.map((escape) => Buffer.from(`${escape(clientId)}:${escape(clientSecret)}`).toString('base64'))
}

/** Every character but letters and digits; a space as a plus sign. */
function escapeAll(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[-_.!~*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
