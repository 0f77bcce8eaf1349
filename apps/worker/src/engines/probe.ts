import { devicesOf, effectiveThreads, engineBuilds } from '@goalpost/engine/builds'
import { createEngine, engineNames, measureUpdate, type EngineName } from '@goalpost/engine'
import type { ProbeAnswer } from './probe-engines.ts'

/**
 * Opens one engine after the other and sends the result of each to the parent. In a separate process, as tensor
 * libraries are large, and a graphics driver may crash its process.
 */
async function probe(name: EngineName, benchmark: boolean): Promise<ProbeAnswer> {
  const expected = { name, build: engineBuilds[name], device: devicesOf(name)[0], threads: effectiveThreads(name, 1) }
  try {
    const engine = await createEngine(name, { threads: 1 })
    try {
      const { build, threads, device } = engine.info
      const updateMs = benchmark ? await measureUpdate(engine) : null
      return { name, build, threads, device: device === 'cpu' ? 'cpu' : 'gpu', missing: null, updateMs }
    } finally {
      engine.dispose()
    }
  } catch (error) {
    return { ...expected, missing: explain(name, error), updateMs: null }
  }
}

/** The message without the engine's name and without source locations of ONNX Runtime. */
function explain(name: EngineName, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const reason = message.replace(`The engine ${name} is not available: `, '')
  return reason.replaceAll(/(Error: )?\S+\.(cc|h):\d+ .*? was false\. /g, '')
}

const [mode = '', ...names] = process.argv.slice(2)
process.on('disconnect', () => process.exit(0))
for (const name of engineNames.filter((known) => names.includes(known))) {
  const answer = await probe(name, mode === 'benchmark')
  await new Promise<void>((resolve) => process.send?.(answer, undefined, undefined, () => resolve()) ?? resolve())
}
process.exit(0)
