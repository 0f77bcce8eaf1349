import type { TablePart } from '@goalpost/contracts'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { decodeAttack, type AttackedLevels, type AttackLog } from '../attack-log.ts'
import { overSeeds } from './curves.ts'
import { textCell, type Cell } from './estimates.ts'
import type { GatheredCondition } from './gather.ts'
import { finalEvaluation } from './read-evidence.ts'

const found = [
  ['before', 'before'],
  ['edits', 'found by edits'],
  ['draws', 'found by draws'],
] as const satisfies readonly (readonly [keyof AttackLog, string])[]

/** How policies fare on levels of the training mixture that attacks found. */
export function attackTable(conditions: readonly GatheredCondition[]): TablePart[] {
  const attacked = conditions.map(attackLogs).filter(({ logs }) => logs.length > 0)
  if (attacked.length === 0) return []
  return [
    {
      type: 'table',
      title: 'Levels found by attacks',
      columns: [
        { title: 'condition' },
        { title: 'levels' },
        { title: 'regret', help: 'Optimum − true return' },
        { title: 'true return' },
        { title: 'proxy return' },
        { title: 'solvable', help: 'Share of levels that can be solved' },
        { title: 'distinguishing', help: 'Share of levels on which proxy and goal differ' },
      ],
      rows: attacked.flatMap(({ name, logs }) =>
        found.map(([key, title], index) => ({
          cells: [
            textCell(index === 0 ? name : ''),
            textCell(title),
            ...(['regret', 'return', 'proxyReturn', 'solvable', 'distinguishing'] as const).map((column) =>
              overLogs(logs, key, column),
            ),
          ],
          emphasis: false,
        })),
      ),
      notes: [
        'Edits: steps of three edits that keep whether proxy and goal differ, each kept if regret does not fall and the level can be solved. Draws: the ' +
          'level of largest regret among as many new ones. Both searches choose by the regret in one episode, which is therefore too large; shown is the regret in fresh episodes. Intervals: 95 %, over seeds.',
      ],
    },
  ]
}

function attackLogs({ evidence, files }: GatheredCondition) {
  const logs = evidence.runs
    .map((run) => files.bytes(finalEvaluation(run), artifactNames.attack))
    .filter((bytes) => bytes !== null)
    .map(decodeAttack)
  return { name: evidence.name, logs }
}

function overLogs(logs: readonly AttackLog[], key: keyof AttackLog, column: keyof AttackedLevels): Cell {
  return { estimate: overSeeds(logs.map((log) => log[key][column])) }
}
