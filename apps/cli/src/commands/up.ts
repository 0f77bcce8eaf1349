import { GoalpostError } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { createSignInUrl } from '../service/create-sign-in-url.ts'
import { dataFolderOf, readKey } from '../service/find-service.ts'
import type { StartedService } from '../service/start-service.ts'
import { startService } from '../service/start-service.ts'
import { formatDuration } from '../terminal/numbers.ts'
import { slotsText } from '../terminal/slots-text.ts'
import { createLiveArea } from '../watch/live-area.ts'
import type { Invocation, Outcome } from './command.ts'
import { sameService } from './describe-experiment.ts'

export type UpOptions = {
  readonly port?: string
  readonly host?: string
  readonly workers?: string
  readonly detach?: boolean
}

/** Starts the embedded service and stays until it is stopped. */
export async function up({ context, global, options }: Invocation<UpOptions>): Promise<Outcome> {
  const { colours } = context.terminal
  const detached = options.detach ?? false
  const startedAt = context.now()
  const area = context.interactive ? createLiveArea(context) : null
  const started = await startService({
    dataFolder: dataFolderOf(context, global),
    env: context.env,
    port: options.port,
    host: options.host,
    workers: options.workers,
    detached,
    onStep: (text) => area?.show([colours.dim(`Starting: ${text}${context.terminal.symbols.ellipsis}`)]),
    onTrouble: (text) => context.note(colours.yellow(text)),
  }).finally(() => area?.clear())
  // The service is up: without a link, people can still sign in with the key.
  const signIn = await createSignInUrl(await readKey(started.service)).catch(() => null)
  if (global.json) printJson(context, started.service)
  else
    printLines(
      context,
      describeService(context, started, {
        seconds: (context.now() - startedAt) / 1_000,
        detached,
        signIn,
        here: sameService({ json: false, data: global.data }),
      }),
    )
  if (detached) return started.release()
  return stay(context, started)
}

function describeService(
  context: Context,
  { service, notes }: StartedService,
  how: { seconds: number; detached: boolean; signIn: string | null; here: string },
): string[] {
  const { colours, symbols } = context.terminal
  const rows = [
    ['data', service.dataFolder],
    ['key', service.keyFile],
    ['logs', service.logFolder],
    ['docs', `${service.url}/docs`],
  ]
  const took = how.seconds < 10 ? `${how.seconds.toFixed(1)} s` : formatDuration(how.seconds)
  return [
    `${colours.green(symbols.tones.good)} Goalpost is up at ${colours.bold(service.url)}  ${colours.dim(`${slotsText(service.workers)}, started in ${took}`)}`,
    '',
    ...rows.map(([name = '', value = '']) => `  ${colours.dim(name.padEnd(5))}  ${value}`),
    ...notes.map((note) => `  ${colours.dim('note')}   ${note}`),
    ...(how.signIn === null
      ? []
      : ['', 'Open the dashboard (this link works once, for ten minutes):', `  ${colours.cyan(how.signIn)}`]),
    '',
    `Try it, in another terminal:  ${colours.cyan(`npx goalpost run examples/smoke.yaml${how.here}`)}`,
    how.detached
      ? `It keeps running in the background; stop it with:  ${colours.cyan(`npx goalpost down${how.here}`)}`
      : 'Ctrl-C stops it and loses nothing.',
  ]
}

async function stay(context: Context, started: StartedService): Promise<Outcome> {
  const interruption = new Promise<'interrupted'>((resolve) => {
    if (context.interrupted.aborted) resolve('interrupted')
    context.interrupted.addEventListener('abort', () => resolve('interrupted'))
  })
  const reason = await Promise.race([interruption, started.ended.then(() => 'ended' as const)])
  if (reason === 'ended')
    throw new GoalpostError('unavailable', `The service has ended; see ${started.service.logFolder}`)
  context.note(context.terminal.colours.dim('Stopping: workers, API, database'))
  await started.stop()
}
