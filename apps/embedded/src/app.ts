import type { ChildProcess } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fromApi, GoalpostError, type ServiceFile } from '@goalpost/contracts'
import type { EmbeddedConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import { ignoreMissing, openDataFolder, readOrCreateSecret, writeFileAtomically } from './data-folder.ts'
import { readCodeRevision } from './code-revision.ts'
import { explainFullDisk } from './failure.ts'
import { acquireLock, type Lock } from './lock.ts'
import { startDatabaseIn } from './postgres/start-in.ts'
import type { BoundedLog } from './processes/bounded-log.ts'
import { openBoundedLog } from './processes/bounded-log.ts'
import { requirePort } from './processes/free-port.ts'
import { startNodeProgram } from './processes/node-program.ts'
import type { Supervised } from './processes/supervise.ts'
import { supervise } from './processes/supervise.ts'
import { waitUntilReady } from './processes/wait-until-ready.ts'

export type EmbeddedService = {
  readonly service: ServiceFile
  readonly notes: readonly string[]
  stop(): Promise<void>
  /** Ends everything at once; running work continues with the next start. */
  kill(): void
}

export type Reporter = { step(text: string): void; trouble(text: string): void }

const programs = {
  api: fileURLToPath(new URL('../../api/src/main.ts', import.meta.url)),
  worker: fileURLToPath(new URL('../../worker/src/main.ts', import.meta.url)),
}

/** Longer than the API waits for running requests. */
const orphanPatienceMs = 15_000

/** Starts database, API and workers, and stops them in reverse order, also if a later step fails. */
export async function startEmbedded(config: EmbeddedConfig, reporter: Reporter): Promise<EmbeddedService> {
  const folder = await openDataFolder(config.dataFolder)
  const stack = openStack()
  try {
    const lock = await acquireLock(folder)
    stack.onStop(() => lock.release())
    await refuseHalfRestored(folder)
    return await startLocked(config, folder, { stack, reporter, lock })
  } catch (error) {
    await stack.stop()
    throw explainFullDisk(error, folder.path)
  }
}

/** A restore that was killed. */
async function refuseHalfRestored({ path, restoringFile }: DataFolder): Promise<void> {
  const backup = await readFile(restoringFile, 'utf8').catch(ignoreMissing)
  if (backup === null) return
  const remedy = `remove ${path} and restore ${backup.trim()} again`
  throw new GoalpostError('state-conflict', `A backup was not completely restored into ${path}: ${remedy}`)
}

type Stack = ReturnType<typeof openStack>

async function startLocked(
  config: EmbeddedConfig,
  folder: DataFolder,
  { stack, reporter, lock }: { stack: Stack; reporter: Reporter; lock: Lock },
): Promise<EmbeddedService> {
  // The API of a killed supervisor ends on its own in a moment.
  const port = await requirePort(config.host, config.port, lock.inherited ? orphanPatienceMs : 0)
  const key = await readOrCreateSecret(folder.keyFile, 'gp_')
  await readOrCreateSecret(folder.saltFile)
  await readOrCreateSecret(folder.receiptSecretFile)
  const log = openLogs(folder, stack)
  const onCrash = (text: string): void => {
    log('supervisor').line(text)
    reporter.trouble(text)
  }
  reporter.step('database')
  const { database, note } = await startDatabaseIn(config, folder, { log: log('database'), onCrash })
  stack.onProcess(database.process)

  const revision = await readCodeRevision()
  const env = {
    ...config.inherited,
    GOALPOST_CODE_REVISION: revision,
    DATABASE_URL: database.url,
    ARTIFACTS_URL: pathToFileURL(folder.artifacts).href,
    // As a file, because environments are inherited by child processes.
    GOALPOST_SUITE_SALT: config.inherited['GOALPOST_SUITE_SALT'] || pathToFileURL(folder.saltFile).href,
    NODE_ENV: 'production',
  }
  const url = `http://${urlHost(config.host)}:${port}`
  reporter.step('api')
  const apiEnv = {
    ...env,
    HOST: config.host,
    PORT: String(port),
    GOALPOST_BOOTSTRAP_KEY: key,
    GOALPOST_RECEIPT_SECRET:
      config.inherited['GOALPOST_RECEIPT_SECRET'] || pathToFileURL(folder.receiptSecretFile).href,
    GOALPOST_WORKERS: String(Math.max(1, config.workers)),
  }
  let listening: number | undefined
  const onMessage = (message: unknown, child: ChildProcess): void => {
    if (fromApi.safeParse(message).success) listening = child.pid
  }
  const api = await superviseProgram('api', apiEnv, { log: log('api'), onCrash, onMessage })
  stack.onProcess(api)
  await waitUntilReady({
    url,
    running: () => api.pid() !== null,
    listening: () => listening !== undefined && listening === api.pid(),
    log: log('api'),
  })

  if (config.workers > 0) {
    // One process is enough: it only relays messages, as each task has its own trainer process.
    reporter.step('workers')
    const workerEnv = {
      ...env,
      GOALPOST_WORKER_CONCURRENCY: String(config.workers),
      GOALPOST_MODEL_ANSWERS: config.inherited['GOALPOST_MODEL_ANSWERS'] || folder.modelAnswers,
      // The only worker, so it serves both queues if it has a GPU.
      GOALPOST_QUEUES: 'cpu,gpu',
    }
    stack.onProcess(await superviseProgram('worker', workerEnv, { log: log('worker'), onCrash }))
  }

  const service = describeService(config, folder, url)
  await writeFileAtomically(folder.serviceFile, `${JSON.stringify(service, null, 2)}\n`)
  stack.onStop(() => rm(folder.serviceFile, { force: true }))
  log('supervisor').line(`serving ${url}`)
  return { service, notes: note === null ? [] : [note], stop: stack.stop, kill: stack.kill }
}

type Surveillance = {
  readonly log: BoundedLog
  onCrash(text: string): void
  onMessage?(message: unknown, child: ChildProcess): void
}

function superviseProgram(
  name: keyof typeof programs,
  env: Readonly<Record<string, string | undefined>>,
  { log, onCrash, onMessage }: Surveillance,
): Promise<Supervised> {
  return supervise({
    name,
    log,
    onCrash,
    signals: ['SIGTERM', 'SIGKILL'],
    graceMs: 20_000,
    async spawn() {
      const child = await startNodeProgram({ path: programs[name], env, log })
      child.on('message', (message) => onMessage?.(message, child))
      return child
    },
  })
}

function describeService(config: EmbeddedConfig, folder: DataFolder, url: string): ServiceFile {
  return {
    url,
    pid: process.pid,
    keyFile: folder.keyFile,
    dataFolder: folder.path,
    logFolder: folder.logs,
    workers: config.workers,
    startedAt: new Date().toISOString(),
  }
}

function openLogs(folder: DataFolder, stack: Stack): (name: string) => BoundedLog {
  const open = new Map<string, BoundedLog>()
  stack.onStop(async () => open.forEach((log) => log.close()))
  return (name) => {
    const log = open.get(name) ?? openBoundedLog(join(folder.logs, `${name}.log`))
    open.set(name, log)
    return log
  }
}

/** The started parts, to be stopped in reverse. Stopping is idempotent. */
function openStack() {
  const stops: (() => Promise<void>)[] = []
  const processes: Supervised[] = []
  let stopped: Promise<void> | undefined
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.toReversed()) await stop()
  }
  return {
    onStop: (stop: () => Promise<void>): void => void stops.push(stop),
    onProcess(supervised: Supervised): void {
      processes.push(supervised)
      stops.push(() => supervised.stop())
    },
    stop: (): Promise<void> => (stopped ??= stopAll()),
    kill: (): void => processes.toReversed().forEach((supervised) => supervised.kill()),
  }
}

function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
