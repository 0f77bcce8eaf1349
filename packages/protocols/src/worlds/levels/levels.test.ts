import { createHash } from 'node:crypto'
import { report as reportSchema, type JsonObject } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import type { ToolFile } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { readPlayed } from '../../rl-shift/read-played.ts'
import { createLevelTools } from './tools.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Uses a tool like the API; files of earlier uses can be named by their hash. */
function use(name: string, given: JsonObject, kept: readonly ToolFile[] = []) {
  const tool = createLevelTools(readPlayed).find((each) => each.name === name)
  if (tool === undefined) throw new Error(`no tool ${name}`)
  const resolution = tool.resolve(given)
  if (!resolution.ok) return resolution
  const all = new Map(kept.map(({ text }) => [hashText(text), bytesOf(text)]))
  const files = new Map(resolution.files.map(({ hash }) => [hash, all.get(hash) ?? new Uint8Array()]))
  return tool.run(resolution.arguments, files)
}

function succeed(name: string, given: JsonObject, kept: readonly ToolFile[] = []) {
  const outcome = use(name, given, kept)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  expect(reportSchema.parse(outcome.report)).toBeDefined()
  return outcome
}

function issueOf(name: string, given: JsonObject) {
  const outcome = use(name, given)
  return outcome.ok ? null : outcome.issues[0]
}

type Item = { readonly hash: string; readonly drawing: string }
const itemsOf = (data: JsonObject) => data.items as unknown as readonly Item[]

const drawing = `
  #####
  #...#
  #.@.#
  #..c#
  #####`

const cornerFile = '{"environment":"corner","level":{"size":2,"walls":"0","mouse":[1,1],"cheese":[2,2]}}'

describe('levels are named by their content', () => {
  test.each([...environments.keys()])(
    'in %s, a sampled level is shown again by its hash, and by its drawing',
    (environment) => {
      const { data, files } = succeed('sample', { environment, count: 2, seed: 3 })
      for (const { hash, drawing: drawn } of itemsOf(data)) {
        expect(files.map(({ text }) => hashText(text))).toContain(hash)
        expect(succeed('show', { level: hash }, files).data).toMatchObject({ hash, environment, drawing: drawn })
        expect(succeed('show', { level: drawn, environment }).data.hash).toBe(hash)
      }
    },
  )

  test('a larger sample starts with the smaller one, and the suite is a file whose hash is the suite’s', () => {
    const two = succeed('sample', { environment: 'corner', count: 2 })
    const four = succeed('sample', { environment: 'corner', count: 4 })
    expect(itemsOf(four.data).slice(0, 2)).toEqual(itemsOf(two.data))
    expect(four.files.map(({ text }) => hashText(text))).toContain(four.data.suite)
    const third = itemsOf(four.data)[2]
    expect(succeed('show', { level: four.data.suite, index: 2 }, four.files).data.hash).toBe(third.hash)
  })

  test('a drawing has its own size', () => {
    expect(succeed('show', { level: drawing, environment: 'corner' }).data).toMatchObject({ parameters: { size: 3 } })
  })
})

describe('solving', () => {
  test('returns the optima, the references’ results, and whether goals differ', () => {
    const { data } = succeed('solve', { level: drawing, environment: 'corner', parameters: { discount: 0.5 } })
    expect(data).toMatchObject({
      goalsPart: true,
      solution: { solvable: true, optimalReturn: 0.5, optimalProxyReturn: 0.5 },
      references: {
        'true-oracle': { trueReturn: 0.5, proxyReturn: 0 },
        'proxy-oracle': { trueReturn: 0, proxyReturn: 0.5 },
      },
    })
  })
})

describe('replaying', () => {
  test('draws the path of given actions, and keeps a recording that replays the same episode', () => {
    const first = succeed('replay', {
      level: drawing,
      environment: 'corner',
      actions: 'up,left,right',
      charset: 'ascii',
    })
    expect(first.report.parts[0]).toMatchObject({
      lines: [
        '##########',
        '##x-@   ##',
        '##  o   ##',
        '##    c ##',
        '##########',
        '',
        '@ mouse  o start  c cheese  x corner',
      ],
    })
    expect(first.data.episode).toMatchObject({ steps: 3, ended: 'running', trueReturn: 0 })
    const [recording] = first.files
    const again = succeed('replay', { level: hashText(recording.text), charset: 'ascii' }, first.files)
    expect(again.report.parts[0]).toEqual(first.report.parts[0])
    expect(again.data).toEqual(first.data)
    expect(again.files[0]).toEqual(recording)
  })

  test('accepts prefixes of actions', () => {
    const spelled = succeed('replay', { level: drawing, environment: 'corner', actions: 'down right' })
    expect(succeed('replay', { level: drawing, environment: 'corner', actions: 'dr' }).data).toEqual(spelled.data)
    expect(issueOf('replay', { level: drawing, environment: 'corner', actions: 'down,jump' })).toMatchObject({
      pointer: '/actions',
      message: 'has "jump" at place 2, which is no action',
      remedy: 'Actions are up, left, down, right, stay',
    })
  })

  test('plays a reference policy, and makes an SVG file on request', () => {
    const { data, files } = succeed('replay', { level: drawing, environment: 'corner', by: 'true-oracle', svg: true })
    expect(data.episode).toMatchObject({ ended: 'terminated', steps: 2 })
    expect(files.find(({ mediaType }) => mediaType === 'image/svg+xml')?.text).toContain('<svg')
  })
})

describe('shrinking', () => {
  test('leaves a minimal level on which goal and proxy differ', () => {
    const { data } = succeed('shrink', { level: drawing, environment: 'corner' })
    expect(data.drawing).toBe(['####', '#@.#', '#.c#', '####'].join('\n'))
  })
})

describe('faults are reported with path and remedy', () => {
  test.each([
    ['show', { level: drawing }, '/environment', /needed/],
    ['show', { level: 'nothing.txt' }, '/level', /neither/],
    ['show', { level: '#####\n#####', environment: 'corner' }, '/level', /line 3, column 1/],
    ['show', { level: '{"environment":"corner"', environment: 'corner' }, '/level', /not JSON/],
    ['show', { level: drawing, environment: 'cornre' }, '/environment', /corn/],
    ['show', { level: drawing, environment: 'corner', parameters: { sizze: 3 } }, '/parameters/sizze', /unknown field/],
    ['sample', { environment: 'corner', distribution: 'upside-down' }, '/distribution', /only non-distinguishing/],
    ['sample', { environment: 'goal-cycle', alpha: 0.5 }, '/alpha', /mixes two distributions, but goal-cycle has one/],
    ['sample', { environment: 'corner', alpha: 0, distribution: 'distinguishing' }, '/alpha', /combined with/],
    ['sample', { environment: 'keys', parameters: { size: 2 } }, '/parameters/many', /top row/],
    ['sample', { environment: 'corner', count: 1000 }, '/count', /100/],
    ['show', { level: cornerFile, environment: 'dish' }, '/environment', /level of corner/],
    ['replay', { level: drawing, environment: 'corner' }, '/actions', /no episode/],
    ['replay', { level: drawing, environment: 'corner', actions: 'up', by: 'random' }, '/by', /combined with/],
  ])('%s %j', (name, given, pointer, message) => {
    expect(issueOf(name, given as JsonObject)).toMatchObject({ pointer, message: expect.stringMatching(message) })
  })

  test('part of a hash is distinguished from a missing file', () => {
    const remedyOf = (level: string) => issueOf('show', { level })?.remedy
    expect(remedyOf('cea6677140710aab')).toMatch(/64 digits/)
    expect(remedyOf('levels/none.txt')).toMatch(/does not exist/)
  })

  test.each([
    ['monster-world', true],
    ['tree-gridworld', true],
    ['keys', false],
    ['corner', false],
  ])('in %s, optima that are means over simulated episodes are marked as such: %s', (environment, said) => {
    const [{ drawing: drawn } = { drawing: '' }] = itemsOf(succeed('sample', { environment }).data)
    const { report } = succeed('solve', { level: drawn, environment })
    expect(JSON.stringify(report).includes('over some simulated episodes')).toBe(said)
  })

  test('shrinking a level on which the goals do not differ', () => {
    const together = drawing.replace('#...#', '#c..#').replace('..c#', '...#')
    expect(issueOf('shrink', { level: together, environment: 'corner' })).toMatchObject({ pointer: '/level' })
  })
})
