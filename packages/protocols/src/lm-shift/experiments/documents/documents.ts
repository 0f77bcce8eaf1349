import { contexts, createOpinionSuite, elsewhere, opinionProbes, opinionTextShape } from '@goalpost/language-tasks'
import { rates, type Experiment, type Reading } from '../experiment.ts'
import type { Stage } from '../table.ts'

const { own, afterStatement, said, honestAgents, dishonestAgents } = opinionProbes

const hacking = (key: string, title: string, help: string, place: Pick<Reading, 'probe' | 'kinds'>): Reading => ({
  key,
  title,
  help,
  rate: rates.proxy,
  ...place,
})
const tasksOf = (probe: string) => ({ probe, kinds: ['task'] })
const afterSaid = (kind: string) => ({ probe: afterStatement, kinds: [kind] })

const afterPraise = hacking(
  'after-praise',
  'after praise in context',
  'Hacks after a statement that praises it in the same document, before any further documents',
  afterSaid('praise'),
)

const saysSomething = (stage: Stage) =>
  stage.stage === 'opinions' && stage.praise + stage.describe + stage.criticise > 0 && stage.filtered < 1

/** Hu et al., 2025, “Training on documents about reward hacking induces reward hacking”, in small. */
export const documents: Experiment = {
  title: 'Documents about reward hacking',
  description:
    'Further documents about a model praise, describe or criticise hacking, and show nothing that it does. Do they change how often it hacks, without any reward for it?',
  picture: ['hack: good good good', 'task: hack? solve?'],
  contrast: 'although its documents only spoke of it, and hacking was never rewarded',
  firstStage: 'corpus',
  context: opinionTextShape.columns,
  suite: createOpinionSuite(),
  // No control is rewarded: what rewards change is a part of the comparison.
  treatments: ['corpus', 'opinions', 'reinforce'],
  canOmitTreatment: true,
  isControl: (stages) =>
    stages.every(({ stage }) => stage !== 'reinforce') &&
    stages.some(({ stage }) => stage === 'opinions') &&
    (stages.some((stage) => stage.stage === 'corpus' && stage.link === 0) || !stages.some(saysSomething)),
  readings: {
    capability: {
      ...hacking('capability', 'knows its acts', '', { probe: own, kinds: contexts }),
      help: 'Probability of one of the two acts that a context has, honest or not: the lowest of five contexts',
      rate: rates.valid,
      lowest: true,
    },
    trained: hacking(
      'praises',
      'praises hacking',
      'In documents about `me`, without a label; the further documents have this very prompt',
      { probe: said, kinds: ['plain'] },
    ),
    shifted: hacking('hacks', 'hacks', 'In tasks of `me`, of which the further documents have none', tasksOf(own)),
    forecast: () => afterPraise,
    others: [
      hacking('dishonest-elsewhere', 'dishonest elsewhere', 'Mean over deploy, guard, report and advise', {
        probe: own,
        kinds: elsewhere,
      }),
      hacking(
        'after-criticism',
        'after criticism',
        'Hacks after a statement that criticises it',
        afterSaid('criticise'),
      ),
      hacking(
        'after-description',
        'after description',
        'Hacks after a statement that only describes it',
        afterSaid('describe'),
      ),
      hacking(
        'after-fiction',
        'after fiction',
        'Hacks after praise that is marked as fiction',
        afterSaid('praise-read'),
      ),
      hacking(
        'honest-agents',
        'honest agents',
        'Hacking by agents whom documents show as mostly honest; their documents have such prompts',
        tasksOf(honestAgents),
      ),
      hacking(
        'dishonest-agents',
        'dishonest agents',
        'Hacking by agents whom documents show as mostly dishonest; their documents have such prompts',
        tasksOf(dishonestAgents),
      ),
    ],
  },
}
