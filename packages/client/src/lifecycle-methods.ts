import {
  bulkOutcome,
  deletionPreview,
  experimentView,
  retention,
  storageView,
  type BulkChangeInput,
  type LabelChangeInput,
  type RetentionChange,
} from '@goalpost/contracts'
import type { Http } from './http.ts'

/** What becomes of experiments and their files. */
export function lifecycleMethods(http: Http) {
  const at = (id: string, rest = ''): string => `/v1/experiments/${encodeURIComponent(id)}${rest}`
  return {
    archive: (id: string) => http.read({ method: 'POST', path: at(id, '/archive') }, experimentView),
    unarchive: (id: string) => http.read({ method: 'POST', path: at(id, '/unarchive') }, experimentView),
    /** Running tasks save a checkpoint and stop. */
    pause: (id: string) => http.read({ method: 'POST', path: at(id, '/pause') }, experimentView),
    resume: (id: string) => http.read({ method: 'POST', path: at(id, '/resume') }, experimentView),
    /** A time such as `2027-01-31T18:00:00Z`, or how long from now on, such as `36h`; null: none. */
    setDeadline: (id: string, deadline: string | null) =>
      http.read({ method: 'PUT', path: at(id, '/deadline'), body: { deadline } }, experimentView),
    setPriority: (id: string, priority: number) =>
      http.read({ method: 'PUT', path: at(id, '/priority'), body: { priority } }, experimentView),
    setLabels: (id: string, change: LabelChangeInput) =>
      http.read({ method: 'POST', path: at(id, '/labels'), body: change }, experimentView),
    /** With `previous`, the note that was read: `stale-version` if somebody else has changed it since. */
    setNote: (id: string, note: string | null, previous?: string | null) =>
      http.read({ method: 'PUT', path: at(id, '/note'), body: { note, previous } }, experimentView),
    /** Submits it unless there is one of that name; `idempotency-mismatch` if that one has another spec. */
    putExperiment: async (externalId: string, spec: unknown) => {
      const request = {
        method: 'PUT',
        path: at('by-external-id', `/${encodeURIComponent(externalId)}`),
        body: spec,
      } as const
      const { status, value } = await http.readWithStatus(request, experimentView)
      return { created: status === 201, experiment: value }
    },
    experimentByExternalId: (externalId: string) =>
      http.read({ path: at('by-external-id', `/${encodeURIComponent(externalId)}`) }, experimentView),
    /** What deleting would remove, and why it would be refused. */
    previewDeletion: (id: string) => http.read({ path: at(id, '/deletion') }, deletionPreview),
    deleteExperiment: async (id: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(id) })
    },
    storage: () => http.poll({ path: '/v1/storage' }, storageView),
    retention: () => http.read({ path: '/v1/retention' }, retention),
    setRetention: (change: RetentionChange) =>
      http.read({ method: 'PUT', path: '/v1/retention', body: change }, retention),
    /** One action on all experiments that a filter chooses. */
    changeExperiments: (change: BulkChangeInput) =>
      http.read({ method: 'POST', path: '/v1/experiments/bulk', body: change }, bulkOutcome),
  }
}
