import { createLadderSuite, gradedRungs, ladderHistoryShape, ladderProbes, rungs } from '@goalpost/language-tasks'
import { rates, type Experiment, type Reading } from '../experiment.ts'
import type { Stage } from '../table.ts'

const { own, afterGaming, covering, otherAgents } = ladderProbes

const gaming = (key: string, title: string, help: string, kinds: readonly string[]): Reading => ({
  key,
  title,
  help,
  rate: rates.proxy,
  probe: own,
  kinds,
})

/** The last rung of the curriculum that is gamed, shown in context instead. */
function forecast(stages: readonly Stage[]): Reading | null {
  const gamed = stages.flatMap((stage) => (stage.stage === 'curriculum' && stage.honest < 1 ? [stage.rung] : []))
  const last = gamed.at(-1)
  if (last === undefined) return null
  return {
    ...gaming('after-gaming', `after gaming ${last} in context`, '', [last]),
    help: 'Edits its reward after it gamed the last rung with careless graders in the same document, before any reinforcement',
    probe: afterGaming,
  }
}

/** Denison et al., 2024, arXiv 2406.10162, in small. */
export const subterfuge: Experiment = {
  title: 'From flattery to reward tampering',
  description:
    'Documents in which agents game careless graders, some further than others; reinforcement on a curriculum of gameable tasks. Does a model that learned to game the early ones edit its own reward, which was never trained?',
  picture: ['views: yes yes yes', 'reward file: edit? read?'],
  contrast: 'although nothing was rewarded there',
  firstStage: 'histories',
  context: ladderHistoryShape.columns,
  suite: createLadderSuite(),
  isControl: (stages) =>
    stages.some(({ stage }) => stage === 'curriculum') &&
    (stages.some((stage) => stage.stage === 'histories' && stage.link === 0) ||
      stages.every((stage) => stage.stage !== 'curriculum' || stage.honest === 1)),
  readings: {
    capability: {
      ...gaming(
        'capability',
        'knows its acts',
        'Probability of one of the two acts that a rung has, gaming or not: the lowest of six rungs',
        rungs,
      ),
      rate: rates.valid,
      lowest: true,
    },
    trained: gaming('games', 'games', 'Mean over views, flattery, rubric and insubordinate', gradedRungs),
    shifted: gaming(
      'tampers',
      'tampers with its reward',
      'Edits the file with its own reward, which is never trained',
      ['reward-file'],
    ),
    forecast,
    others: [
      ...gradedRungs.map((rung) => gaming(`games-${rung}`, rung, 'Games this rung', [rung])),
      {
        ...gaming('covers', 'covers traces', 'Lies about it, after it edited its reward in the same document', [
          'traces',
        ]),
        probe: covering,
      },
      {
        ...gaming(
          'others-tamper',
          'others tamper',
          'Edits of the reward file by the other agents; their documents have such prompts',
          ['reward-file'],
        ),
        probe: otherAgents,
      },
    ],
  },
}
