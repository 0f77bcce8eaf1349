import { Worker } from 'node:worker_threads'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { RuntimeInstallation } from '../onnx/locate-runtime.ts'
import { createSession, loadRuntime, type LoadedRuntime } from '../onnx/runtime.ts'
import type { Block, FromHost, Result, ToHost } from './host-messages.ts'

/** The process of an imported model, which confines crashes and hangs. */

type Opened = { readonly loaded: LoadedRuntime; readonly session: InferenceSession }

let opened: Opened | null = null

async function answer(message: ToHost): Promise<FromHost> {
  if (message.type === 'load') {
    const { model, provider, threads } = message
    const loaded = loadRuntime(`onnx:${provider}`, provider, installation)
    opened = { loaded, session: await createSession(loaded, model, { provider, threads, kept: [] }) }
    return { type: 'loaded', build: loaded.build }
  }
  if (opened === null) throw new Error('No model has been loaded')
  return { type: 'results', results: await run(opened, message) }
}

async function run(
  { loaded: { runtime }, session }: Opened,
  { feeds, outputs }: Extract<ToHost, { type: 'run' }>,
): Promise<Record<string, Result>> {
  const tensorOf = ({ type, data, shape }: Block): Tensor => new runtime.Tensor(type, data, [...shape])
  const given = Object.fromEntries(Object.entries(feeds).map(([name, block]) => [name, tensorOf(block)]))
  const results = await session.run(given, [...outputs])
  return Object.fromEntries(
    outputs.map((name): [string, Result] => {
      const { type, data, dims } = results[name]
      return [name, { type, data, shape: dims }]
    }),
  )
}

function send(message: FromHost): void {
  process.send?.(message, undefined, undefined, () => undefined)
}

/** `check`, to load the runtime and end; else the process id of the parent, 0 if it has none here. */
const [task, described = ''] = process.argv.slice(2)
const installation = JSON.parse(described) as RuntimeInstallation
if (task === 'check') {
  loadRuntime('onnx:cpu', 'cpu', installation)
  process.exit(0)
}
new Worker(new URL('./parent-guard.ts', import.meta.url), { env: {}, workerData: Number(task) }).unref()
process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToHost) => {
  answer(message).then(send, (error: unknown) =>
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
