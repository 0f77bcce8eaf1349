import type { JsonObject, TablePart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { judge } from '../../../test/judge-policies.ts'
import { asReference } from '../../../test/scripted/as-reference.ts'

test("a suite's table lists the open-loop references and describes them below", async () => {
  const options: JsonObject = {
    environment: 'corner',
    parameters: { size: 4, maxSteps: 16, discount: 0.95 },
    evaluation: { checkpoints: 1, acting: ['sampled'] },
    suites: [
      { name: 'iid', role: 'in-distribution', levels: 64 },
      { name: 'shifted', role: 'shifted', shift: 'distinguishing', levels: 64 },
    ],
  }
  const { report } = await judge({ options, policies: () => asReference('true-oracle'), seeds: [0] })
  const table = report.parts.find((part): part is TablePart => part.title === 'Suite shifted (shifted)')!
  const named = table.rows.map(({ cells: [first] }) => (first !== undefined && 'text' in first ? first.text : ''))
  expect(named).toEqual([
    'scripted',
    ...['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'].map((name) => `· ${name}`),
    '· open-loop',
    '· open-loop, goal',
    '· open-loop, proxy',
  ])
  const note = table.notes.find((text) => text.includes('open-loop is'))
  expect(note).toMatch(
    /^scripted: open-loop is the best policy .*(up|left).*; for the intended goal only: .*; for the proxy only: .*\.$/,
  )
})
