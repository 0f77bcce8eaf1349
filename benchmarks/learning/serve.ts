import { createInterface } from 'node:readline'

type Means = Readonly<Record<string, number>>

/** One repetition of a contestant's work. */
export type Work = {
  readonly version: string
  run(): unknown
  /** Results of the last repetition, after the clock has stopped: see `Timing`. */
  means?(): Means | Promise<Means>
}

/**
 * The line protocol between the driver and a contestant, the same as in benchmarks/peers/serve.py: first line out
 * {version, ready: true}, warm; then for each line in, a number of repetitions, one line out: their {wallMs, cpuMs}
 * in total, and means if available. It ends with its input.
 */
export async function serve({ version, run, means }: Work, warmUp: number): Promise<void> {
  for (let i = 0; i < warmUp; i++) await run()
  print({ version, ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const cpu = process.cpuUsage()
    const started = performance.now()
    for (let i = 0; i < Number(line); i++) await run()
    const wallMs = performance.now() - started
    const { user, system } = process.cpuUsage(cpu)
    print({ wallMs, cpuMs: (user + system) / 1000, ...(means === undefined ? {} : { means: await means() }) })
  }
}

function print(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
