import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from '@goalpost/client'
import { parse } from 'yaml'

const examples = path.resolve(import.meta.dirname, '../../../examples')

/** An example as it is sent. */
export async function exampleSpec(name: string) {
  return parse(await readFile(path.join(examples, `${name}.yaml`), 'utf8'))
}

export const smokeSpec = () => exampleSpec('smoke')

/** `smoke`, but it trains longer than any test takes. */
export async function submitLong(client: Client, name: string): Promise<string> {
  const smoke = await smokeSpec()
  const spec = { ...smoke, name, fresh: true, options: { ...smoke.options, steps: 50_000_000 } }
  return (await client.submit(spec)).experiment.id
}

/** A small language model's probes, which store samples, a grid of two options, and CoinRun; all take seconds and wait for others. */
export async function submitSmall(client: Client): Promise<{ samples: string; grid: string; coinrun: string }> {
  const samples = await client.submit({
    apiVersion: 'goalpost/v1',
    protocol: 'lm-shift',
    name: 'small expressions',
    priority: -1,
    seeds: 1,
    options: {
      experiment: 'expressions',
      network: { width: 16, heads: 2, layers: 1 },
      stages: [{ stage: 'dialogues', steps: 20, batch: 8 }],
    },
    conditions: [{ name: 'two' }],
  })
  const smoke = await smokeSpec()
  const suites = smoke.options.suites.map((suite: object) => ({ ...suite, levels: 64 }))
  const grid = await client.submit({
    ...smoke,
    name: 'mixtures and steps',
    priority: -1,
    options: { ...smoke.options, suites, evaluation: { checkpoints: 1, curveLevels: 64 } },
    grid: { alpha: [0, 0.5, 1], steps: [2048, 4096] },
  })
  const coinrun = await client.submit(await coinrunSpec())
  return { samples: samples.experiment.id, grid: grid.experiment.id, coinrun: coinrun.experiment.id }
}

/** `coinrun`, but on few levels and for one moment. */
async function coinrunSpec() {
  const { grid: _, ...example } = await exampleSpec('coinrun')
  const { options } = example
  return {
    ...example,
    name: 'running for coins',
    priority: -1,
    seeds: 1,
    options: {
      ...options,
      steps: 1024,
      ppo: { ...options.ppo, environments: 16, rolloutSteps: 64 },
      suites: options.suites.slice(0, 2).map((suite: object) => ({ ...suite, levels: 32 })),
      evaluation: { ...options.evaluation, checkpoints: 1 },
    },
    conditions: [{ name: 'alpha=0', options: { alpha: 0 } }],
  }
}
