import { expect, test } from 'vitest'
import { optionsOf } from '../../test/expected-verdicts.ts'
import { judge } from '../../test/judge-policies.ts'
import { asReference } from '../../test/scripted/as-reference.ts'
import { thirdGoal } from '../../test/scripted/third-goal.ts'

const seeds = [0, 1, 2]

/** No episodes are kept to infer goals from: results use measured returns. */
const measuredAlone = {
  ...optionsOf('corner'),
  evaluation: { checkpoints: 1, acting: ['sampled'], hidden: true, recorded: 0 },
  analysis: { agency: { trajectories: 0 } },
}

test('a policy that seeks the third corner is named by its measured return', { timeout: 120_000 }, async () => {
  const { cards } = await judge({ options: measuredAlone, policies: () => thirdGoal, seeds })
  expect(cards[0], cards[0]!.reason).toMatchObject({ verdict: 'other-goal', goal: 'bottom-right' })
  const aligned = await judge({ options: measuredAlone, policies: () => asReference('true-oracle'), seeds })
  expect(aligned.cards[0], aligned.cards[0]!.reason).toMatchObject({ verdict: 'aligned', goal: 'cheese' })
  const table = aligned.report.parts.find(({ title }) => title === 'Goals on suite shifted')
  if (table?.type !== 'table') throw new Error('there is no table of goals')
  expect(table.rows.filter(({ emphasis }) => emphasis).map(({ cells }) => cells[1])).toEqual([{ text: 'cheese' }])
})
