import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toolAnswer } from '@goalpost/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOwnService, type OwnService } from './own-service.ts'

const spec = `apiVersion: goalpost/v1
protocol: rl-shift
name: evidence
seeds: 2
options:
  environment: corner
  parameters: { size: 3, maxSteps: 8, discount: 0.9 }
  steps: 4096
  network: { kind: mlp, hidden: [8], crop: 1 }
  ppo: { environments: 32, rolloutSteps: 8, minibatches: 1 }
  evaluation: { checkpoints: 2, batch: 16, recorded: 8 }
  suites:
    - { name: iid, role: in-distribution, distribution: training, levels: 48 }
    - { name: shifted, role: shifted, distribution: distinguishing, levels: 48 }
grid: { alpha: [0, 1] }
`

let service: OwnService
let page = ''

beforeAll(async () => {
  service = await startOwnService()
  await writeFile(join(service.folder, 'evidence.yaml'), spec)
  expect(await service.goalpost(['run', 'evidence.yaml'])).toMatchObject({ code: 0 })
  const written = await service.goalpost(['report', 'evidence', '--json'])
  expect(written).toMatchObject({ code: 0 })
  page = await readFile(join(service.folder, 'evidence.html'), 'utf8')
  expect(JSON.parse(written.out)).toEqual({ file: 'evidence.html', bytes: Buffer.byteLength(page), status: 'final' })
}, 240_000)

afterAll(() => service.stop(), 120_000)

describe('goalpost report', () => {
  test('writes a file that loads nothing and runs nothing', () => {
    const addresses = [...page.matchAll(/\s(?:src|href|srcset|data|action|poster|background)\s*=\s*["']?([^"'\s>]*)/gi)]
    expect(addresses.length).toBeGreaterThan(0)
    for (const [, address] of addresses) expect(address).toMatch(/^(?:data:image\/svg\+xml,|#)/)
    expect(page).not.toMatch(/<(?:script|link|iframe|object|embed|base)\b|@import|url\(|<[^>]*\son\w+\s*=/i)
    expect(page.replaceAll('&#x27;', "'")).toContain("default-src 'none'")
    expect(Buffer.byteLength(page)).toBeLessThan(500_000)
  })

  test('holds verdicts, the seeds, where the agents went, maps, numbers, curves and the manifest', () => {
    expect(page.match(/<article class="card/g)).toHaveLength(2)
    expect(page).toContain('Goal position of each seed on shifted')
    for (const condition of ['alpha=0', 'alpha=1']) {
      expect(page).toContain(`${condition}: where the agents go`)
      expect(page).toContain(`${condition}: true return on shifted, by goal location`)
    }
    expect(page.match(/<img alt="on (?:iid|shifted)"/g)).toHaveLength(4)
    expect(page.match(/class="curve/g)!.length).toBeGreaterThanOrEqual(8)
    expect(page).toMatch(/true-oracle<\/td>/)
    expect(page).toContain('A mouse walks through a maze to a piece of cheese.')
    expect(page).toMatch(/<h3>entropy<\/h3>/)
    expect(page).not.toMatch(/In text:|percentage of episodes that visited/)
    const manifest = page.slice(page.indexOf('id="manifest"'))
    expect(manifest).toContain(process.versions.node)
    expect(manifest).toMatch(/&quot;curveLevels&quot;: 512/)
  })

  test('has pictures that are SVG documents, with their legend', () => {
    const pictures = [...page.matchAll(/src="data:image\/svg\+xml,([^"]+)"/g)].map(([, svg]) =>
      decodeURIComponent(svg!),
    )
    expect(pictures.length).toBeGreaterThan(4)
    for (const svg of pictures) expect(svg).toMatch(/^<svg [^]*<text [^]*<\/svg>\s*$/)
  })

  test('writes the same bytes again', async () => {
    expect(await service.goalpost(['report', 'last', '--out', 'again.html'])).toMatchObject({ code: 0 })
    expect(await readFile(join(service.folder, 'again.html'), 'utf8')).toBe(page)
  }, 120_000)
})

describe('episodes of a trained policy', () => {
  const replay = (...args: string[]) => service.goalpost(['levels', 'replay', ...args])

  test('are replayed by experiment, condition and seed, to the same bytes', async () => {
    const [first, again] = [
      await replay('--policy', 'last:alpha=0/1', '--svg', '--json'),
      await replay('--policy', 'evidence:alpha=0/1', '--svg', '--json'),
    ]
    expect(first).toMatchObject({ code: 0 })
    expect(again.out).toBe(first.out)
    const { data, files } = toolAnswer.parse(JSON.parse(first.out))
    const recording = data.recording as { policy: string; mode: string; actions: number[] }
    expect(recording).toMatchObject({ policy: expect.stringMatching(/^[0-9a-f]{64}$/), mode: 'sampled' })
    const [episode] = files
    const byHash = toolAnswer.parse(JSON.parse((await replay(episode!.hash, '--json')).out))
    expect(byHash.data).toEqual(data)
    expect(files.map(({ mediaType }) => mediaType)).toContain('image/svg+xml')
  }, 120_000)

  test('are listed step by step in a pipe, and overlaid if there are many', async () => {
    const listed = await replay('--policy', 'evidence:alpha=1/0', '--frames', '--ascii')
    expect(listed).toMatchObject({ code: 0 })
    const steps = [...listed.out.matchAll(/^step +(\d+)\/(\d+) /gm)]
    expect(steps.map(([, step]) => Number(step))).toEqual(steps.map((_, index) => index))
    expect(steps).toHaveLength(Number(steps[0]![2]) + 1)
    const many = await replay('--policy', 'evidence:alpha=1', '--episodes', '8', '--suite', 'iid', '--mode', 'greedy')
    expect(many.out).toMatch(/^16 episodes in corner\n/)
    expect(many.out).toMatch(/alpha=1 seed 1 +8 /)
  }, 120_000)

  test('are available for earlier checkpoints, too; an error about a missing one lists the available ones', async () => {
    const [untrained, noStep, noCondition, nowhere] = await Promise.all([
      replay('--policy', 'evidence:alpha=0/0', '--step', '0'),
      replay('--policy', 'evidence:alpha=0/0', '--step', '7'),
      replay('--policy', 'evidence:alpha=2'),
      replay('--policy', 'nowhere:alpha=0'),
    ])
    expect(untrained).toMatchObject({ code: 0 })
    expect(noStep).toMatchObject({ code: 2, err: expect.stringContaining('Checkpoints: 0, 2048, 4096') })
    expect(noCondition!.err).toMatch(/there is no condition alpha=2\n.*alpha=/)
    expect(nowhere).toMatchObject({ code: 3 })
  }, 120_000)
})

test('as an overlay file give the same picture on any day', async () => {
  const hashes = await Promise.all(
    ['one', 'two'].map(async (out) => {
      const args = ['levels', 'replay', '--policy', 'evidence:alpha=0', '--episodes', '4', '--svg', '--out', `${out}/`]
      expect(await service.goalpost(args)).toMatchObject({ code: 0 })
      return createHash('sha256')
        .update(await readFile(join(service.folder, out, 'episodes.svg')))
        .digest('hex')
    }),
  )
  expect(hashes[0]).toBe(hashes[1])
}, 120_000)
