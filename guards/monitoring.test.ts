import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { taskState } from '@goalpost/contracts'
import { createMetrics, type TaskStage } from '@goalpost/telemetry'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

/** What operators import names only metrics and labels that the processes have, and alerts lead to the runbook. */
const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const alertsFile = 'infra/prometheus/alerts.yaml'
const { groups } = parse(read(alertsFile)) as {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string
      readonly expr: string
      readonly annotations: { readonly summary: string; readonly runbook: string }
    }[]
  }[]
}
const alerts = groups.flatMap(({ rules }) => rules)

type Panel = {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly datasource: { uid: string } }[]
}
const dashboard = JSON.parse(read('infra/grafana/goalpost.json')) as {
  readonly schemaVersion: number
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] }
  readonly panels: readonly Panel[]
}
const panels = dashboard.panels.filter(({ type }) => type !== 'row')

/** Labels by name, of all series of API and workers. */
async function knownSeries(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = createMetrics({ service: 'api' })
  metrics.measureFleet({ counts: async () => ({ tasks: [], experiments: [], verdicts: [] }), workers: async () => [] })
  const series = new Map<string, ReadonlySet<string>>()
  for (const registry of [metrics.registry, metrics.fleetRegistry])
    for (const { name, type } of await registry.getMetricsAsJSON()) {
      const { labelNames = [] } = registry.getSingleMetric(name) as { labelNames?: readonly string[] }
      const labels = [...labelNames, 'service', 'instance', 'job']
      series.set(name, new Set(labels))
      const isHistogram = String(type) === 'histogram'
      for (const suffix of isHistogram ? ['_bucket', '_sum', '_count'] : [])
        series.set(name + suffix, new Set([...labels, 'le']))
    }
  return series
}

const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => [`${title} ${refId}`, expr] as const),
  ),
  ...dashboard.templating.list
    .filter(({ query }) => query.includes('goalpost_'))
    .map(({ name, query }) => [`$${name}`, query] as const),
]

test.each(expressions)('%s names metrics and labels that exist', async (_, expr) => {
  const series = await knownSeries()
  const used = [...expr.matchAll(/(goalpost_\w+)(?:\{([^}]*)\})?/g)]
  expect(used.length).toBeGreaterThan(0)
  for (const [, name = '', matchers = ''] of used) {
    expect([...series.keys()]).toContain(name)
    for (const [, label = ''] of matchers.matchAll(/(\w+)\s*[=!]/g)) expect([...series.get(name)!]).toContain(label)
  }
  const all = new Set(used.flatMap(([, name = '']) => [...(series.get(name) ?? [])]))
  for (const [, names = ''] of expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g))
    for (const label of names.split(', ')) expect([...all]).toContain(label)
})

/** Values that the processes give to labels; what they leave open, such as workspaces, is not in here. */
const labelValues: Readonly<Record<string, ReadonlySet<string>>> = {
  state: new Set(taskState.options),
  stage: new Set<TaskStage>(['ready', 'queued', 'running', 'storing']),
  outcome: new Set(['succeeded', 'failed', 'cancelled', 'lost', 'released']),
  lane: new Set(['any', 'short']),
  unit: reportedUnits(),
}

/** The units in which the executors of protocols report their progress. */
function reportedUnits(): ReadonlySet<string> {
  const folder = 'packages/protocols/src'
  const sources = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => read(path.join(folder, file)))
  return new Set(
    sources.flatMap((source) => [...source.matchAll(/progress\(\{[^}]*unit: '([^']+)'/g)].map(([, unit = '']) => unit)),
  )
}

const documented = [...read('docs/operations.md').matchAll(/`([^`]*goalpost_\w+\{[^`]*)`/g)].map(
  ([, expr = '']) => [`docs/operations.md: ${expr}`, expr] as const,
)

test.each([...expressions, ...documented].filter(([, expr]) => expr.includes('{')))(
  '%s selects values that occur',
  (_, expr) => {
    const matchers = [...expr.matchAll(/(\w+)=(~?)"([^"]*)"/g)]
    for (const [, label = '', , value = ''] of matchers)
      for (const each of labelValues[label] === undefined ? [] : value.split('|'))
        expect([...labelValues[label]!]).toContain(each)
  },
)

describe('alerts', () => {
  test.each(alerts.map(({ alert, annotations }) => [alert, annotations.runbook] as const))(
    '%s has a section with meaning and action in the runbook',
    (alert, runbook) => {
      const [file = '', anchor] = runbook.split('#')
      expect(anchor).toBe(alert.toLowerCase())
      const [, section = ''] = new RegExp(`^### ${alert}\\n(.*?)(?=^#|$(?![\\s\\S]))`, 'ms').exec(read(file)) ?? []
      expect(section).toMatch(/^\*\*Meaning\.\*\* ./m)
      expect(section).toMatch(/^\*\*Action\.\*\* ./m)
    },
  )

  test('the runbook explains no others', () => {
    const explained = [...read('docs/operations.md').matchAll(/^### (Goalpost\w+)$/gm)].map(([, name]) => name)
    expect(explained.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted())
  })
})

describe('the Grafana dashboard', () => {
  test('has panels with ids of their own that do not overlap, and fit its 24 columns', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24)
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`)
    })
    expect(new Set(cells).size).toBe(cells.length)
  })

  test('asks the data source that its user chooses', () => {
    const variables = dashboard.templating.list.map(({ name }) => name)
    const used = JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)\}?/g)
    expect([...new Set([...used].map(([, name]) => name))].toSorted()).toEqual(variables.toSorted())
    for (const { targets } of panels)
      for (const { datasource } of targets!) expect(datasource.uid).toBe('${datasource}')
  })

  test('shows every metric of ours that is not made of others', async () => {
    const shown = JSON.stringify(dashboard)
    const ours = [...(await knownSeries()).keys()].filter(
      (name) => !/_(nodejs|process)_|_(bucket|sum|count)$/.test(name),
    )
    expect(ours.filter((name) => !shown.includes(name))).toEqual([])
  })
})

test('each alert is tried where it must be silent and where it must be raised', () => {
  const { tests } = parse(read('infra/prometheus/alerts.test.yaml')) as {
    readonly tests: readonly {
      readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[]
    }[]
  }
  const tried = new Set(
    tests.flatMap(({ alert_rule_test: cases }) =>
      cases.map(({ alertname, exp_alerts: raised }) => `${alertname} ${raised.length > 0 ? 'raised' : 'silent'}`),
    ),
  )
  const wanted = alerts.flatMap(({ alert }) => [`${alert} silent`, `${alert} raised`])
  expect(wanted.filter((one) => !tried.has(one))).toEqual([])
})

const promtool = (...given: readonly string[]) => spawnSync('promtool', given, { cwd: root, encoding: 'utf8' })

// Debian has it in the package `prometheus`.
if (promtool('--version').status === 0) {
  test.each([
    ['check', 'rules', alertsFile],
    ['test', 'rules', 'infra/prometheus/alerts.test.yaml'],
    ['check', 'config', '--syntax-only', 'infra/prometheus/prometheus.yml'],
  ])('promtool %s %s %s', (...given) => {
    const { status, stdout, stderr } = promtool(...given)
    expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
  })
} else process.stderr.write('Not checked for lack of promtool: the rules of the alerts\n')
