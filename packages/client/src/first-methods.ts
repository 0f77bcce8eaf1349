import {
  experimentSummary,
  page,
  savedFilter,
  savedFilters,
  sessionView,
  type BulkChangeInput,
  type ExperimentQuery,
  type NewSession,
} from '@goalpost/contracts'
import type { Http } from './http.ts'
import { watchWorkspace, type WorkspaceSighting, type WorkspaceWatchOptions } from './watch-workspace.ts'

/** What a list of experiments needs, with few schemas: most of the time until a page appears is spent on making them. */
export function firstMethods(http: Http) {
  return { ...sessionMethods(http), ...listMethods(http), ...filterMethods(http) }
}

/** For browsers, which send the session's cookie by themselves. */
function sessionMethods(http: Http) {
  const path = '/v1/session'
  return {
    session: () => http.read({ path }, sessionView),
    /** Needs no session. */
    signIn: (given: NewSession) => http.read({ method: 'POST', path, body: given }, sessionView),
    signOut: async (): Promise<void> => {
      await http.send({ method: 'DELETE', path })
    },
  }
}

function listMethods(http: Http) {
  return {
    experiments: (query: ExperimentQuery = {}) =>
      http.poll({ path: '/v1/experiments', query }, page(experimentSummary)),
    /** Follows the workspace, reconnecting when the connection is lost. */
    watchWorkspace: (watchOptions?: WorkspaceWatchOptions): AsyncGenerator<WorkspaceSighting> =>
      watchWorkspace(http, watchOptions),
  }
}

/** Filters of the list that have a name. */
function filterMethods(http: Http) {
  const at = (name: string): string => `/v1/filters/${encodeURIComponent(name)}`
  return {
    filters: () => http.poll({ path: '/v1/filters' }, savedFilters),
    filter: (name: string) => http.read({ path: at(name) }, savedFilter),
    saveFilter: (name: string, filter: BulkChangeInput['filter']) =>
      http.read({ method: 'PUT', path: at(name), body: { filter } }, savedFilter),
    deleteFilter: async (name: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(name) })
    },
  }
}
