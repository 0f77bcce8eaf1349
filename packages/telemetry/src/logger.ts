import pino from 'pino'
import type { DestinationStream, Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

export type LoggerOptions = {
  /** The name of the program, e.g. `worker`. */
  readonly service: string
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Default: standard output, one JSON object per line. */
  readonly destination?: DestinationStream
}

/** Never written, at any place in a logged object (two levels deep). */
const secretFields = ['authorization', 'apiKey', 'api_key', 'secret', 'password', 'token', 'cookie', 'salt']

/** Logs JSON lines with the time in ISO 8601. Secrets are redacted, also the passwords in logged URLs. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    base: { service },
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    serializers: { err: serializeError, url: withoutPassword },
    formatters: { level: (label) => ({ level: label }) },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

function serializeError(error: Error): pino.SerializedError {
  // The pool of `pg` adds the whole client to an error, with the key that cancels its statements.
  const { client: _client, ...serialized } = pino.stdSerializers.err(error)
  return { ...serialized, message: withoutPassword(serialized.message), stack: withoutPassword(serialized.stack) }
}

/** `postgresql://user:secret@host/db` → `postgresql://user:***@host/db`, anywhere in a text. */
export function withoutPassword(text: string): string {
  return text.replaceAll(/(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g, '$1:***@')
}
