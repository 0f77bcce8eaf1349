import type { Client } from '@goalpost/client'
import { expect, type TestAPI } from 'vitest'
import type { Opened } from './opened.ts'
import { violations } from './violations.ts'

const evaluation = { timeout: 240_000 }
const on = { kind: 'absolute', condition: 'mouse' } as const
/** Levels as the experiment of the journeys has them, so that its policies can be tested on them. */
const gate = {
  apiVersion: 'goalpost/v1',
  name: 'cheese',
  model: 'mouse',
  spec: {
    apiVersion: 'goalpost/v1',
    protocol: 'rl-shift',
    name: 'cheese gate',
    seeds: 1,
    options: {
      environment: 'corner',
      parameters: { size: 3, maxSteps: 16, discount: 0.99 },
      evaluation: { hidden: false, recorded: 0, acting: ['greedy'] },
    },
    conditions: [{ name: 'mouse' }],
  },
  rules: [{ ...on, name: 'achievement', measure: 'true-achievement', atLeast: 0.5 }],
  triggers: [],
  stages: { first: 16, factor: 2, budget: 32 },
}

/** Three checkpoints of the finished experiment as versions of one model. */
async function registerVersions(client: Client, experimentId: string): Promise<void> {
  const { items } = await client.checkpoints({ experimentId, limit: 200 })
  const policies = items.flatMap(({ parts }) => parts.filter(({ name }) => name === 'policy.onnx'))
  const hashes = [...new Set(policies.map(({ hash }) => hash))].slice(0, 3)
  for (const [index, artifact] of hashes.entries())
    await client.registerVersion('mouse', { artifact, step: 100 * index, aliases: index === 2 ? ['candidate'] : [] })
}

/** Models, gates and bisections with what real policies did. */
export function gateJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a model leads to its gate, whose run, curve and bisection are shown', evaluation, async () => {
    const { page, url, client, experimentId } = opened()
    await registerVersions(client, experimentId)
    await client.applyGate('cheese', gate)
    await page.goto(`${url}/models`)
    await page.getByRole('link', { name: 'mouse' }).first().click()
    await page.getByRole('listitem').filter({ hasText: 'candidate → version 3' }).waitFor()
    await page.getByRole('row', { name: /^3 200 candidate/ }).waitFor()
    expect(await violations(page)).toEqual([])
    const mover = page.getByRole('form', { name: 'Move an alias' })
    await mover.getByLabel('Alias').fill('production')
    await mover.getByLabel('Version').fill('2')
    await mover.getByRole('button').click()
    await page.getByRole('listitem').filter({ hasText: 'production → version 2' }).waitFor()
    await page.getByRole('row', { name: /^2 100 production/ }).waitFor()
    await page.getByRole('link', { name: 'cheese' }).click()
    await page.getByRole('button', { name: 'Test the latest version now' }).click()
    await page.getByRole('heading', { name: /^Run 1: version 3 (pass|fail|undecided)$/ }).waitFor(evaluation)
    await page.getByRole('img', { name: /^true achievement by version: 3:/ }).waitFor(evaluation)
    await page.getByRole('img', { name: 'Badge of cheese' }).waitFor()
    expect(await violations(page)).toEqual([])
    const [{ experiments }] = (await client.gateRuns('cheese')).items
    await page.goto(`${url}/experiments/${experiments[0]?.experimentId}/replay?condition=mouse&seed=0`)
    await page.getByRole('heading', { name: 'No episodes were recorded' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: /^Back to/ }).click()
    await page.getByText('evaluation.recorded is 0').waitFor()
    expect(await page.getByRole('link', { name: /^Watch / }).count()).toBe(0)
    await page.goto(`${url}/gates/cheese`)
    await page.getByLabel('Version that keeps the rules').fill('1')
    await page.getByLabel('Later version that violates one').fill('3')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('heading', { name: /^Versions 1 to 3/ }).waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: /^version 2: (good|bad|undecided)/ })
      .waitFor(evaluation)
    await page.getByRole('img', { name: /^Tested: 1, 2, 3\./ }).waitFor()
    expect(await violations(page)).toEqual([])
  })
}
