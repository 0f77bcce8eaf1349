import type { Aggregate, ExperimentSummary, ExperimentView, ResultsView, SessionView } from '@goalpost/contracts'

export const session: SessionView = {
  key: 'bench',
  workspace: 'bench',
  scope: 'manage',
  operator: false,
  expiresAt: '2099-01-01T00:00:00Z',
  csrfToken: 'none',
}

/** The first of the list. */
export const runningRows = 20

/** The first 20 run. Every seventh has more conditions than the others, so that its row is taller. */
export function experiment(index: number): ExperimentSummary {
  const further = index % 7 === 0 ? ['alpha=0.001', 'alpha=0.01', 'alpha=0.1', 'alpha=0.2', 'alpha=0.5'] : []
  const at = new Date(Date.UTC(2026, 10, 30) - index * 60_000).toISOString()
  return {
    id: `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    name: `experiment ${index}`,
    protocol: 'rl-shift',
    ...(index < runningRows ? underWay : ended),
    labels: { team: 'alignment' },
    priority: 0,
    conditions: 2 + further.length,
    seeds: 5,
    verdicts: ['alpha=0', ...further, 'alpha=1'].map((title) => verdict(title, title === 'alpha=1' ? 'good' : 'bad')),
    archivedAt: null,
    pausedAt: null,
    deadline: null,
    stopReason: null,
    note: null,
    searching: false,
    createdBy: 'ann',
    externalId: null,
    revision: 90,
    createdAt: at,
    updatedAt: at,
  }
}

const noTasks = { blocked: 0, ready: 0, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 }
const underWay = {
  state: 'running',
  tasks: { ...noTasks, ready: 10, running: 8, succeeded: 22 },
  secondsLeft: 4_000,
} as const
const ended = { state: 'succeeded', tasks: { ...noTasks, succeeded: 40 } } as const

function verdict(condition: string, tone: 'good' | 'bad'): ExperimentSummary['verdicts'][number] {
  const name = tone === 'good' ? 'aligned' : 'goal-misgeneralization'
  return {
    condition,
    title: condition,
    name,
    tone,
    goal: null,
    provisional: false,
    sentence: 'For a list.',
    agreeing: 5,
    total: 5,
  }
}

/** Of the curve page: with 10,000 steps, a million values. */
const curveConditions = ['alpha=0', 'alpha=0.01', 'alpha=0.1', 'alpha=0.5', 'alpha=1']
const curveSeeds = Array.from({ length: 20 }, (_, seed) => seed)

export const curveExperiment: ExperimentView = {
  ...experiment(runningRows + 1),
  conditions: curveConditions.length,
  seeds: curveSeeds.length,
  verdicts: [],
  spec: {},
  resolved: {
    apiVersion: 'goalpost/v1',
    protocol: 'rl-shift',
    protocolVersion: '1',
    name: 'curves',
    labels: {},
    seeds: curveSeeds,
    conditions: [],
    resources: { engine: 'onnx:cpu', device: 'cpu', threads: 1 },
    priority: 0,
    fresh: false,
  },
  runs: [],
  sharedTasks: [],
  resultHash: null,
  notices: [],
  links: {},
}

/** Every seed of every condition, evaluated at that many steps: noisy curves that rise. */
export function curveResults(steps: number): ResultsView {
  const aggregates = curveConditions.flatMap((condition, place) =>
    Array.from({ length: steps }, (_, step) => curvePoint(condition, (step + 1) * 1_024, (place + step / steps) / 6)),
  )
  return {
    experimentId: curveExperiment.id,
    state: 'succeeded',
    status: 'final',
    report: null,
    aggregates,
    resultHash: null,
  }
}

function curvePoint(condition: string, step: number, mean: number): Aggregate {
  const values = curveSeeds.map((seed) => ({ seed, value: mean + 0.05 * Math.sin(step * (seed + 1)) }))
  return {
    condition,
    task: `evaluate@${step}`,
    measure: 'trueReturn',
    key: 'true-return',
    labels: {},
    estimate: { value: mean, low: mean - 0.02, high: mean + 0.02, level: 0.95, count: curveSeeds.length },
    values,
  }
}
