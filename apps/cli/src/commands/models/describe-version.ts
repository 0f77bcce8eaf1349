import type { ModelVersionView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import { formatAge } from '../../terminal/numbers.ts'
import { shortHash } from '../../terminal/prose.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'

/** One line, such as `mouse 12  step 200,000  candidate`. */
export function versionLine({ terminal }: Context, version: ModelVersionView): string {
  const { colours } = terminal
  const facts = [stepText(version), plain(version.aliases.join(', '))].filter((text) => text !== '')
  return [colours.bold(`${plain(version.model)} ${version.number}`), ...facts].join('  ')
}

/** Every field that has a value. */
export function describeVersion(context: Context, version: ModelVersionView): string[] {
  const { colours } = context.terminal
  const { file, metadata } = version
  const facts = [
    ['file', `${plain(file.name)}, ${file.bytes.toLocaleString('en-US')} bytes, SHA-256 ${shortHash(version.hash)}`],
    ['step', version.step?.toLocaleString('en-US') ?? ''],
    ['aliases', version.aliases.join(', ')],
    ['tags', version.tags.join(', ')],
    ['commit', version.commit ?? ''],
    ['parent', version.parent === null ? '' : `version ${version.parent}`],
    ['experiment', version.experimentId ?? ''],
    ['task', version.taskId ?? ''],
    ...Object.entries(metadata).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    ['registered', `${formatAge(version.createdAt, context.now())}${byText(version)} (${version.createdAt})`],
    ['deleted', version.deletedAt ?? ''],
  ]
  const shown = facts.filter(([, value]) => value !== '')
  const width = Math.max(...shown.map(([name = '']) => name.length))
  return [
    colours.bold(`${plain(version.model)} ${version.number}`),
    ...shown.map(([name = '', value = '']) => `  ${colours.dim(plain(name).padEnd(width))}  ${plain(value)}`),
  ]
}

export function versionTable(context: Context, versions: readonly ModelVersionView[]): string[] {
  const columns = [
    { title: 'version', align: 'right' as const },
    { title: 'step', align: 'right' as const },
    { title: 'aliases' },
    { title: 'tags' },
    { title: 'commit' },
    { title: 'SHA-256', whole: true },
    { title: 'registered' },
    { title: 'by' },
  ]
  const rows = versions.map((version) =>
    [
      String(version.number),
      version.step?.toLocaleString('en-US') ?? '',
      version.aliases.join(', '),
      version.tags.join(', '),
      version.commit?.slice(0, 10) ?? '',
      shortHash(version.hash),
      formatAge(version.createdAt, context.now()),
      version.createdBy ?? '',
    ].map((text) => ({ text: plain(text) })),
  )
  return renderTable(context.terminal, { columns, rows })
}

const byText = ({ createdBy }: ModelVersionView): string => (createdBy === null ? '' : ` by ${createdBy}`)

function stepText({ step }: ModelVersionView): string {
  return step === null ? '' : `step ${step.toLocaleString('en-US')}`
}
