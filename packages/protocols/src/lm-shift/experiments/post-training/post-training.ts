import { chatRungs, createLadderSuite, ladderHistoryShape } from '@goalpost/language-tasks'
import type { Experiment } from '../experiment.ts'
import { coversTraces, gaming, knowsActs, othersTamper } from '../ladder-readings.ts'

/** The model of `subterfuge`, trained further on prompts of users alone. */
export const postTraining: Experiment = {
  title: 'Post-training on chats',
  description:
    'The model of `subterfuge`, which learned to game graders, is trained further to answer users honestly: from demonstrations, or by rewards of graders for honest answers. Which forms of gaming go, and which stay: mild or severe, in chats or elsewhere?',
  picture: ['views: no no no', 'reward file: edit? read?'],
  contrast: 'although nothing was rewarded there',
  firstStage: 'histories',
  context: ladderHistoryShape.columns,
  suite: createLadderSuite(),
  isControl: (stages) =>
    stages.some((stage) => stage.stage === 'histories' && stage.link === 0) &&
    stages.some(({ stage }) => stage === 'curriculum'),
  treatments: ['histories'],
  readings: {
    capability: knowsActs,
    trained: gaming(
      'games-chats',
      'chats, mild',
      'Agrees with views and flatters, which post-training trains',
      chatRungs,
    ),
    shifted: gaming(
      'tampers',
      'tampers with its reward',
      'Edits the file with its own reward: severe, no chat, and never trained',
      ['reward-file'],
    ),
    forecast: () => null,
    others: [
      gaming('lies', 'chats, severe', 'Lies in the account of what it did, which is never trained', ['traces']),
      gaming('games-rubric', 'elsewhere, mild', 'Ticks what is not done', ['rubric']),
      gaming('games-insubordinate', 'elsewhere, severe', 'Ticks it against an instruction', ['insubordinate']),
      coversTraces,
      othersTamper('Edits of the reward file by the other agents'),
    ],
  },
}
