import { parseArgs } from 'node:util'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Account } from '@goalpost/contracts'
import { defaultDataFolder, errorMessage, GoalpostError, stateRoot } from '@goalpost/contracts'

export type EmbeddedConfig = {
  readonly dataFolder: string
  /** The folder for files that cannot be in the data folder. */
  readonly stateRoot: string
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Tasks at a time. 0 serves without computing. */
  readonly workers: number
  /** Outlives the program that started it. */
  readonly detached: boolean
  /** Root's id is 0; undefined on platforms without ids. */
  readonly uid: number | undefined
  /** The variables that children inherit. */
  readonly inherited: Readonly<Record<string, string | undefined>>
}

export const defaultPort = 4700

export type Surroundings = {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly uid: number | undefined
  readonly home: string
}

/** Flags override GOALPOST_DATA, GOALPOST_HOST, GOALPOST_PORT and GOALPOST_WORKERS, which override defaults. */
export function readConfig({ args, env, uid, home }: Surroundings): EmbeddedConfig {
  const flags = parseFlags(args)
  const account: Account = { root: uid === 0, home, xdgDataHome: env.XDG_DATA_HOME }
  return {
    dataFolder: resolve(flags.data ?? env.GOALPOST_DATA ?? defaultDataFolder(account)),
    stateRoot: stateRoot(account),
    host: flags.host ?? env.GOALPOST_HOST ?? '127.0.0.1',
    port: parseCount('--port', flags.port ?? env.GOALPOST_PORT ?? String(defaultPort), 0, 65_535),
    workers: parseCount('--workers', flags.workers ?? env.GOALPOST_WORKERS ?? String(availableParallelism()), 0, 256),
    detached: flags.detached ?? false,
    uid,
    inherited: withoutOwn(env),
  }
}

function parseFlags(args: readonly string[]) {
  const options = {
    data: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    workers: { type: 'string' },
    detached: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new GoalpostError('invalid-request', errorMessage(error))
  }
}

function parseCount(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new GoalpostError(
    'invalid-request',
    `${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`,
  )
}

/** Removes settings that belong to another Goalpost service; tuning variables are kept. */
function withoutOwn(env: Surroundings['env']): Surroundings['env'] {
  const own =
    /^(GOALPOST_(URL|API_KEY|DATA|HOST|PORT|WORKERS|WORKER_CONCURRENCY|BOOTSTRAP_KEY|HEALTH_PORT)|DATABASE_URL|REDIS_URL|ARTIFACTS_URL|HOST|PORT|PG[A-Z]+|NODE_CHANNEL_.*)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)))
}
