import type { Browser, CDPSession, Page } from 'playwright-core'
import { serveDashboard, type StubService } from './serve-dashboard.ts'
import { curveExperiment, experiment, runningRows } from './stub-data.ts'

const rows = 100
const minutes = 60
const secondsPerTurn = 10
const turnsPerMinute = 60 / secondsPerTurn
const minutesPerSample = 10
/** Of real time, in which messages and answers arrive. */
const pauseMs = 30
/** Of curves of 5 conditions × 20 seeds. */
const steps = 100

export type MemoryUse = {
  readonly messages: number
  /** Every ten minutes. Caches fill in the first. */
  readonly samples: readonly MemorySample[]
}

type MemorySample = {
  readonly minute: number
  /** Of JavaScript, once all garbage is collected. */
  readonly bytes: number
  /** Of the document. */
  readonly nodes: number
}

/** An hour on the list of experiments, of which 20 run, each with progress every two seconds, as the API sends it: the page's clock is set forward, messages and answers are real. */
export function measureListMemory(browser: Browser): Promise<MemoryUse> {
  return measureHour(browser, '/experiments', (service, turn) => {
    const at = new Date(Date.UTC(2026, 10, 30) + turn * secondsPerTurn * 1_000).toISOString()
    for (let message = 0; message < (runningRows * secondsPerTurn) / 2; message++) {
      const { id, state, tasks, revision } = experiment(message % runningRows)
      const standing = { experimentId: id, revision: revision + turn, state, tasks, updatedAt: at }
      service.send('experiment.progress', standing)
    }
    const changed = experiment(turn % rows)
    const payload = { state: 'succeeded', previous: 'running' }
    const event = { type: 'experiment.state', subject: `experiments/${changed.id}`, payload, at }
    service.send('experiment.state', { id: turn + 1, ...event }, turn + 1)
  })
}

/** An hour on the page of an experiment with curves, whose tasks change every ten seconds. */
export function measureExperimentMemory(browser: Browser): Promise<MemoryUse> {
  return measureHour(browser, `/experiments/${curveExperiment.id}`, (service, turn) => {
    const { id: experimentId, state, tasks, revision } = curveExperiment
    for (let message = 0; message < secondsPerTurn / 2; message++)
      service.send('progress', { experimentId, revision: revision + turn, state, tasks, runs: [] })
  })
}

type Turn = (service: StubService, turn: number) => void

async function measureHour(browser: Browser, path: string, send: Turn): Promise<MemoryUse> {
  const service = await serveDashboard({ rows, steps })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(service.url + path)
  await page.waitForSelector(path === '/experiments' ? '.list-row' : '.curve-chart canvas')
  const devTools = await context.newCDPSession(page)
  const samples: MemorySample[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    for (let turn = 0; turn < turnsPerMinute; turn++) {
      send(service, (minute - 1) * turnsPerMinute + turn)
      await passTime(page)
    }
    if (minute % minutesPerSample === 0) samples.push({ minute, ...(await readMemory(devTools)) })
  }
  await context.close()
  service.close()
  return { messages: service.sent.messages, samples }
}

/** Ten seconds of the page, once it has what was sent; then what it reads again has arrived. */
async function passTime(page: Page): Promise<void> {
  await page.waitForTimeout(pauseMs)
  await page.clock.runFor(secondsPerTurn * 1_000)
  await page.waitForTimeout(pauseMs)
}

async function readMemory(devTools: CDPSession): Promise<{ bytes: number; nodes: number }> {
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  const { nodes } = await devTools.send('Memory.getDOMCounters')
  return { bytes: usedSize, nodes }
}
