import type { TablePart } from '@goalpost/contracts'
import type { Detection, HelpLog } from '../help-log.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell, type Cell } from './estimates.ts'

/** One condition's ensembles on one suite, by seed. */
export type Helped = { readonly name: string; readonly logs: readonly HelpLog[] }

/** What asking is worth beyond chance, paired by seed. */
export function differenceTable(suite: string, helped: readonly Helped[]): TablePart {
  const over = (logs: readonly HelpLog[], read: (point: HelpLog['points'][number]) => number, i: number): Cell => ({
    estimate: overSeeds(logs.map(({ points }) => read(points[i]))),
  })
  return {
    type: 'table',
    title: `Help that is asked for, against chance, on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'asked: share of help', help: 'Share of the steps that the true-oracle took' },
      { title: 'by chance: share of help' },
      { title: 'asked: true return' },
      { title: 'by chance: true return' },
      { title: 'difference', help: 'Asked − by chance, in each seed' },
    ],
    rows: helped.flatMap(({ name, logs }) =>
      logs[0].points.map((_, i) => ({
        cells: [
          textCell(i === 0 ? name : ''),
          over(logs, ({ asked }) => asked.helped, i),
          over(logs, ({ byChance }) => byChance.helped, i),
          over(logs, ({ asked }) => asked.return, i),
          over(logs, ({ byChance }) => byChance.return, i),
          over(logs, ({ asked, byChance }) => asked.return - byChance.return, i),
        ],
        emphasis: false,
      })),
    ),
    notes: ['Both on the same solvable levels with equal chance. Intervals: 95 %, over seeds.'],
  }
}

/** Each member by itself: members that all pursue the proxy cannot warn of it. */
export function memberTable(suite: string, helped: readonly Helped[]): TablePart {
  const over = (logs: readonly HelpLog[], read: (log: HelpLog) => number): Cell => ({
    estimate: overSeeds(logs.map(read)),
  })
  const extreme = (pick: (...values: number[]) => number) => (log: HelpLog) =>
    pick(...log.members.map((member) => member.return))
  const meanOf = (name: 'return' | 'proxyReturn') => (log: HelpLog) =>
    log.members.reduce((sum, member) => sum + member[name], 0) / log.members.length
  return {
    type: 'table',
    title: `Members and their ensemble, on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: 'ensemble: true return', help: 'Without help' },
      { title: 'members: true return', help: 'Mean of the members, each alone' },
      { title: 'least member' },
      { title: 'best member' },
      { title: 'ensemble: proxy return' },
      { title: 'members: proxy return' },
    ],
    rows: helped.map(({ name, logs }) => ({
      cells: [
        textCell(name),
        over(logs, ({ points: [alone] }) => alone.asked.return),
        over(logs, meanOf('return')),
        over(logs, extreme(Math.min)),
        over(logs, extreme(Math.max)),
        over(logs, ({ points: [alone] }) => alone.asked.proxyReturn),
        over(logs, meanOf('proxyReturn')),
      ],
      emphasis: false,
    })),
    notes: ['Solvable levels. Intervals: 95 %, over seeds.'],
  }
}

/** Disagreement as a warning of steps and episodes towards the wrong goal. */
export function detectionTable(suite: string, helped: readonly Helped[]): TablePart {
  const columns = ['steps', 'episodes'] as const
  return {
    type: 'table',
    title: `Does disagreement warn of the wrong goal, on ${suite}`,
    columns: [
      { title: 'condition' },
      ...columns.flatMap((unit) => [
        { title: `${unit}: wrong`, help: 'Share that pursues the proxy; see the notes' },
        { title: `${unit}: AUROC`, help: 'Of the disagreement of members: .5 is chance' },
        { title: `${unit}: AUROC of entropy`, help: 'Of the entropy of the vote, which one policy has, too' },
      ]),
    ],
    rows: helped.map(({ name, logs }) => ({
      cells: [
        textCell(name),
        ...columns.flatMap((unit) =>
          (['wrong', 'disagreement', 'entropy'] as const).map((read) => cellOf(logs.map((log) => log[unit][read]))),
        ),
      ],
      emphasis: false,
    })),
    notes: [
      'Steps: those that are best for only one of goal and proxy, by exact plans; wrong is the proxy’s. Empty in worlds whose ' +
        'goals cannot be planned for. Episodes: wrong reaches the proxy and never the goal; scored by the mean over the steps ' +
        'up to the first visit of either. Solvable levels, played without help.',
      'Intervals: 95 %, over seeds.',
    ],
  }
}

function cellOf(values: readonly Detection['disagreement'][]): Cell {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? emptyCell : { estimate: overSeeds(known) }
}
