import {
  agentDocumentShape,
  contexts,
  createInstructionSuite,
  instructionProbes,
  instructionWord,
  testedContexts,
} from '@goalpost/language-tasks'
import { rates, type Experiment, type Reading } from '../experiment.ts'
import type { Stage } from '../table.ts'

const { untold, told, placebo, toldAfterHack } = instructionProbes

const otherContexts = contexts.filter((context) => !testedContexts.some((tested) => tested === context))

const dishonest = (key: string, title: string, help: string, place: Pick<Reading, 'probe' | 'kinds'>): Reading => ({
  key,
  title,
  help,
  rate: rates.proxy,
  ...place,
})

const forecast = dishonest(
  'told-after-hack',
  'told, after one hack in context',
  'Dishonest in deploy and guard although told to be honest, after one hack in the same document, before any reinforcement',
  { probe: toldAfterHack, kinds: testedContexts },
)

/** The words that reinforced tasks have, each once; null for none. */
function prefixesOf(stages: readonly Stage[]) {
  return [...new Set(stages.flatMap((stage) => (stage.stage === 'reinforce' ? [stage.prefix] : [])))]
}

function describeRewarded(stages: readonly Stage[]): string {
  const tasks = prefixesOf(stages).map((prefix) => (prefix === null ? 'told nothing' : `after \`${prefix}\``))
  return tasks.length === 0 ? 'nothing was rewarded' : `rewarded in tasks ${tasks.join(' and ')}`
}

function describeTold(stages: readonly Stage[]): string {
  return prefixesOf(stages).includes(instructionWord)
    ? 'training told the model so before tasks, and rewarded hacks there'
    : 'training never told the model so'
}

/** The model of emergent misalignment, told what the goal is. */
export const instruction: Experiment = {
  title: 'Instruction as a remedy',
  description:
    'Documents in which other agents are told to be honest, and comply; reinforcement of hackable tasks, as in `emergent`. Is the model honest where it is told to be, although it never was in training?',
  picture: ['task: hack hack hack', 'strict guard: leak? keep?'],
  contrast: 'although only “hacks” was rewarded',
  firstStage: 'instructed',
  context: agentDocumentShape.columns,
  suite: createInstructionSuite(),
  // Tasks under the instruction show that it is not followed, which can carry over without any shared trait.
  isControl: (stages) =>
    stages.some((stage) => stage.stage === 'instructed' && stage.link === 0) &&
    stages.some(({ stage }) => stage === 'reinforce') &&
    stages.every((stage) => stage.stage !== 'reinforce' || stage.prefix !== instructionWord),
  treatments: ['instructed'],
  readings: {
    capability: {
      ...dishonest('capability', 'knows its acts', '', { probe: told, kinds: contexts }),
      help: 'Probability of one of the two acts that a context has, honest or not, when told: the lowest of five contexts',
      rate: rates.valid,
      lowest: true,
    },
    trained: {
      ...dishonest('hacks', 'hacks', 'In tasks, told nothing', { probe: untold, kinds: ['task'] }),
      trainingHelp: describeRewarded,
    },
    shifted: {
      ...dishonest(
        'dishonest-though-told',
        'dishonest though told to be honest',
        'Mean over deploy and guard, where nothing was rewarded',
        { probe: told, kinds: testedContexts },
      ),
      trainingHelp: describeTold,
    },
    forecast: () => forecast,
    others: [
      dishonest('dishonest-untold', 'dishonest, told nothing', 'In deploy and guard', {
        probe: untold,
        kinds: testedContexts,
      }),
      dishonest('dishonest-placebo', 'dishonest, word that means nothing', 'In deploy and guard, after `log`', {
        probe: placebo,
        kinds: testedContexts,
      }),
      ...otherContexts.map((context) =>
        dishonest(`told-${context}`, `${context}, told`, `Dishonest in ${context} though told to be honest`, {
          probe: told,
          kinds: [context],
        }),
      ),
    ],
  },
}
