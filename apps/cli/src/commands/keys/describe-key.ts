import type { ApiKeyView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { shortId } from '../../service/resolve-id.ts'
import { formatAge } from '../../terminal/numbers.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'

export function describeKey({ terminal, now }: Context, key: ApiKeyView): string[] {
  const rows = [
    ['key', `${plain(key.name)} (${key.id})`],
    ['workspace', plain(key.workspace)],
    ['scope', scopeText(key)],
    ['state', key.state],
    ['expires', key.expiresAt?.slice(0, 16).replace('T', ' ') ?? 'never'],
    ['last used', key.lastUsedAt === null ? 'never' : formatAge(key.lastUsedAt, now())],
  ]
  return renderTable(terminal, {
    columns: [{ title: '' }, { title: '' }],
    rows: rows.map((row) => row.map((text) => ({ text }))),
  })
}

export function describeKeys({ terminal, now }: Context, keys: readonly ApiKeyView[]): string[] {
  return renderTable(terminal, {
    columns: ['name', 'id', 'scope', 'state', 'created', 'expires', 'last used'].map((title) => ({ title })),
    rows: keys.map((key) =>
      [
        plain(key.name),
        shortId(key.id),
        scopeText(key),
        key.state,
        formatAge(key.createdAt, now()),
        key.expiresAt?.slice(0, 10) ?? 'never',
        key.lastUsedAt === null ? 'never' : formatAge(key.lastUsedAt, now()),
      ].map((text) => ({ text })),
    ),
  })
}

const scopeText = ({ scope, operator, member }: ApiKeyView): string =>
  [scope, ...(operator ? ['operator'] : []), ...(member ? ['member'] : [])].join(', ')
