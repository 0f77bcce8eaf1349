import type { ErrorCode } from '@goalpost/contracts'

type Cause = {
  /** SQLSTATEs, and codes of Node and Prisma. */
  readonly codes: RegExp
  readonly code: ErrorCode
  /** Public: names the remedy, and nothing of the connection string. */
  readonly text: string
}

/**
 * Misconfigurations that an operator can correct. Those that are `unavailable` may be corrected while we run, so tasks
 * and requests wait for it.
 */
const causes: readonly Cause[] = [
  {
    codes: /^(3D000|P1003)$/,
    code: 'unavailable',
    text: 'The database does not exist. Create it with CREATE DATABASE, or correct its name in DATABASE_URL',
  },
  {
    codes: /^(28P01|28000|P1000)$/,
    code: 'unavailable',
    text: 'The database rejected the user name or password. Correct them in DATABASE_URL',
  },
  {
    codes:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    code: 'unavailable',
    text: "The database's TLS certificate is signed by an unknown authority. Add sslrootcert=/path/ca.pem to DATABASE_URL, or use sslmode=no-verify to skip the check",
  },
  {
    codes: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    code: 'unavailable',
    text: "The database's TLS certificate is for another host name. Use that name in DATABASE_URL, or sslmode=no-verify to skip the check",
  },
  {
    codes: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    code: 'unavailable',
    text: "The database's TLS certificate has expired or is not valid yet. Renew it, or correct the clock",
  },
  {
    codes: /^(42501|P1010)$/,
    code: 'internal',
    text: 'The database role lacks a right. Goalpost needs CREATE on the database and on its schema public: GRANT CREATE ON DATABASE name TO role; GRANT CREATE ON SCHEMA public TO role',
  },
  {
    codes: /^25006$/,
    code: 'unavailable',
    text: 'The database is read-only. DATABASE_URL must name the primary server, not a replica',
  },
]

const noTls: Omit<Cause, 'codes'> = {
  code: 'unavailable',
  text: 'The database server offers no TLS. Enable it there, or use sslmode=disable in DATABASE_URL',
}

/** Of an error that is wrapped without its code, as Prisma wraps those of TLS. */
const causeOf = (code: string): Cause | undefined => causes.find(({ codes }) => codes.test(code))

const unknownAuthority =
  /self[- ]signed certificate|unable to (get local issuer certificate|verify the first certificate)/i
const byMessage: readonly (readonly [RegExp, Omit<Cause, 'codes'> | undefined])[] = [
  [/server does not support SSL/i, noTls],
  [/client password must be a string/i, causeOf('28P01')],
  [unknownAuthority, causeOf('SELF_SIGNED_CERT_IN_CHAIN')],
  [/does not match certificate's altnames/i, causeOf('ERR_TLS_CERT_ALTNAME_INVALID')],
  [/certificate (has expired|is not yet valid)/i, causeOf('CERT_HAS_EXPIRED')],
]

/** Null for an error whose cause is not in the tables. */
export function findKnownCause(
  codes: readonly string[],
  messages: readonly string[],
): { readonly code: ErrorCode; readonly text: string } | null {
  const byCode = causes.find((cause) => codes.some((code) => cause.codes.test(code)))
  if (byCode !== undefined) return byCode
  return byMessage.find(([pattern]) => messages.some((message) => pattern.test(message)))?.[1] ?? null
}
