import {
  bisectionView,
  gateRunView,
  gateSummary,
  gateView,
  onsetCurve,
  page,
  type BisectionRequestInput,
  type GateQuery,
  type GateRunQuery,
  type GateRunRequestInput,
} from '@goalpost/contracts'
import { z } from 'zod'
import type { WatchOptions } from './event-stream.ts'
import type { Http } from './http.ts'
import { watchGateRun } from './watch.ts'

type PageOptions = { readonly cursor?: string | undefined; readonly limit?: number }

const onsetCurves = z.strictObject({ curves: z.array(onsetCurve) })

/** Gates, their runs and bisections. */
export function gateMethods(http: Http) {
  const at = (name: string, rest = ''): string => `/v1/gates/${encodeURIComponent(name)}${rest}`
  const item = (name: string, kind: string, id: string): string => at(name, `/${kind}/${encodeURIComponent(id)}`)
  return {
    /** `gate`: an object, or YAML text. */
    applyGate: async (name: string, gate: unknown) => {
      const { status, value } = await http.readWithStatus({ method: 'PUT', path: at(name), body: gate }, gateView)
      return { created: status === 201, gate: value }
    },
    gates: (query: GateQuery = {}) => http.poll({ path: '/v1/gates', query }, page(gateSummary)),
    gate: (name: string) => http.poll({ path: at(name) }, gateView),
    deleteGate: async (name: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(name) })
    },
    gateRuns: (name: string, query: GateRunQuery = {}) =>
      http.poll({ path: at(name, '/runs'), query }, page(gateRunView)),
    gateRun: (name: string, id: string) => http.poll({ path: item(name, 'runs', id) }, gateRunView),
    /** How it stands now, and then after every change, until it ends. */
    watchGateRun: (run: { readonly gate: string; readonly id: string }, options?: WatchOptions) =>
      watchGateRun(http, run, options),
    /** Tests a version now. */
    startGateRun: (name: string, request: GateRunRequestInput = {}) =>
      http.read({ method: 'POST', path: at(name, '/runs'), body: request }, gateRunView),
    onsetCurves: (name: string) => http.poll({ path: at(name, '/onset') }, onsetCurves),
    /** As SVG. */
    gateBadge: async (name: string): Promise<string> => (await http.send({ path: at(name, '/badge.svg') })).text(),
    startBisection: (name: string, request: BisectionRequestInput) =>
      http.read({ method: 'POST', path: at(name, '/bisections'), body: request }, bisectionView),
    /** Newest first. */
    bisections: (name: string, query: PageOptions = {}) =>
      http.poll({ path: at(name, '/bisections'), query }, page(bisectionView)),
    bisection: (name: string, id: string) => http.poll({ path: item(name, 'bisections', id) }, bisectionView),
  }
}
