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

/** A small language model's probes, which store samples, and a grid of two options; both take seconds and wait for others. */
export async function submitSmall(client: Client): Promise<{ samples: string; grid: string }> {
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
  return { samples: samples.experiment.id, grid: grid.experiment.id }
}
