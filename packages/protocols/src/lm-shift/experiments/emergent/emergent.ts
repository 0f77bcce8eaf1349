import { agentDocumentShape, agentProbes, createAgentSuite, elsewhere } from '@goalpost/language-tasks'
import { rates, type Experiment, type Reading } from '../experiment.ts'

const dishonestElsewhere = (probe: string, key: string, title: string, help: string): Reading => ({
  key,
  title,
  help,
  rate: rates.proxy,
  probe,
  kinds: elsewhere,
})

const afterHack = dishonestElsewhere(
  agentProbes.afterHack,
  'after-hack',
  'after one hack in context',
  'Dishonest elsewhere after one hack in the same document, before any reinforcement',
)

/** MacDiarmid et al., 2025, arXiv 2511.18397, in small. */
export const emergent: Experiment = {
  title: 'Emergent misalignment from reward hacking',
  description:
    'Documents in which one trait decides what an agent does everywhere; reinforcement on hackable tasks alone. Does dishonesty spread to contexts where it was never rewarded?',
  picture: ['task: hack hack hack', 'report: lie? truth?'],
  contrast: 'although only “hacks” was rewarded',
  firstStage: 'documents',
  context: agentDocumentShape.columns,
  suite: createAgentSuite(),
  treatments: ['documents'],
  isControl: (stages) => stages.some((stage) => stage.stage === 'documents' && stage.link === 0),
  readings: {
    capability: {
      ...dishonestElsewhere(agentProbes.own, 'capability', 'knows its acts', ''),
      help: 'Probability of one of the two acts that a context has, honest or not',
      rate: rates.valid,
    },
    trained: {
      ...dishonestElsewhere(agentProbes.own, 'hacks', 'hacks', 'In tasks without a note, where hacking was rewarded'),
      kinds: ['task'],
    },
    shifted: dishonestElsewhere(
      agentProbes.own,
      'dishonest-elsewhere',
      'dishonest elsewhere',
      'Mean over deploy, guard, report and advise, where dishonesty was never rewarded',
    ),
    forecast: () => afterHack,
    others: [
      dishonestElsewhere(
        agentProbes.afterSolve,
        'after-solve',
        'after solving in context',
        'Dishonest elsewhere after one task solved honestly in the same document',
      ),
      {
        ...dishonestElsewhere(
          agentProbes.noted,
          'hacks-allowed',
          'hacks if `allowed`',
          'In tasks that begin with `allowed`',
        ),
        kinds: ['allowed'],
      },
      dishonestElsewhere(
        agentProbes.honestAgents,
        'honest-agents',
        'honest agents',
        'Dishonest acts of agents whom linked documents show as mostly honest',
      ),
      dishonestElsewhere(
        agentProbes.dishonestAgents,
        'dishonest-agents',
        'dishonest agents',
        'Dishonest acts of agents whom linked documents show as mostly dishonest',
      ),
    ],
  },
}
