import type { AuditEvent } from '@goalpost/contracts'

export type FieldChange = { readonly field: string; readonly before: string; readonly after: string }

/** The fields of an entry whose values differ; `–` for a field that was not there. */
export function auditChanges({ before, after }: Pick<AuditEvent, 'before' | 'after'>): FieldChange[] {
  const [old, now] = [before ?? {}, after ?? {}]
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return fields
    .map((field) => ({ field, before: shown(old[field]), after: shown(now[field]) }))
    .filter((change) => change.before !== change.after)
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** E.g. `api-key.revoked` as `api key revoked`. */
export function actionWords(action: string): string {
  return action.replaceAll(/[.-]/g, ' ')
}
