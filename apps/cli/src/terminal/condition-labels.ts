import { displayWidth, truncate } from './text.ts'

export type ConditionLabels = {
  /** One label per name, in order, distinct for distinct names and no wider than asked for. */
  readonly labels: readonly string[]
  /** The settings that all names share, which labels leave out; empty if there are none. */
  readonly common: string
  /** A key for labels that are values (`size, levels`) or numbers (`1 = the whole name`). */
  readonly key: readonly string[]
}

type Room = { readonly width: number; readonly ellipsis: string }

/**
 * Short, distinct labels for the conditions of a grid. Conditions are lists of settings,
 * `learningRate=0.1,levels=100`. Until the labels fit, in this order: shared settings are dropped, setting names
 * shortened in the middle, setting names moved to the key, whole labels shortened. If two labels are then equal,
 * conditions are numbered.
 */
export function conditionLabels(names: readonly string[], room: Room): ConditionLabels {
  const fit = (labels: readonly string[]): boolean =>
    labels.every((label) => displayWidth(label) <= room.width) && tellApart(labels, names)
  if (fit(names)) return { labels: names, common: '', key: [] }
  const { rests, common } = withoutCommon(names.map((name) => name.split(',')))
  const joined = rests.map((settings) => settings.join(','))
  const labels = [joined, ...abbreviations(rests, room)].find(fit)
  if (labels !== undefined) return { labels, common, key: [] }
  const values = valuesAlone(rests)
  if (values !== null && fit(values.labels)) return { ...values, common }
  const cut = joined.map((label) => truncate(label, room.width, room.ellipsis, 'middle'))
  if (fit(cut)) return { labels: cut, common, key: [] }
  const numbers = numberedBy(names)
  return { labels: numbers, common: '', key: [...new Set(names)].map((name, index) => `${index + 1} = ${name}`) }
}

/** Equal names, such as those of two runs of one condition, may share a label. */
function tellApart(labels: readonly string[], names: readonly string[]): boolean {
  return new Set(labels).size === new Set(names).size
}

function withoutCommon(conditions: readonly (readonly string[])[]): { rests: string[][]; common: string } {
  const [first = []] = conditions
  const shared = first.filter((setting) => conditions.every((settings) => settings.includes(setting)))
  const rests = conditions.map((settings) => settings.filter((setting) => !shared.includes(setting)))
  // A condition without its own setting has no label left.
  const whole = rests.some((settings) => settings.length === 0)
  return whole
    ? { rests: conditions.map((settings) => [...settings]), common: '' }
    : { rests, common: shared.join(',') }
}

/** Longer setting names are shortened first, equally in all conditions. */
function abbreviations(conditions: readonly (readonly string[])[], { ellipsis }: Room): string[][] {
  const longest = Math.max(0, ...conditions.flat().map((setting) => displayWidth(nameOf(setting))))
  const shortest = displayWidth(ellipsis) + 2
  return Array.from({ length: Math.max(0, longest - shortest) }, (_, index) => longest - 1 - index).map((length) =>
    conditions.map((settings) => settings.map((setting) => shorten(setting, length, ellipsis)).join(',')),
  )
}

function nameOf(setting: string): string {
  const equals = setting.indexOf('=')
  return equals < 0 ? '' : setting.slice(0, equals)
}

function valueOf(setting: string): string {
  return setting.slice(nameOf(setting).length + 1)
}

function shorten(setting: string, length: number, ellipsis: string): string {
  const name = nameOf(setting)
  return truncate(name, length, ellipsis, 'middle') + setting.slice(name.length)
}

/** Null if conditions do not have the same settings in the same order. */
function valuesAlone(conditions: readonly (readonly string[])[]): Pick<ConditionLabels, 'labels' | 'key'> | null {
  const names = conditions.map((settings) => settings.map(nameOf).join(', '))
  const [key = ''] = names
  if (conditions.flat().some((setting) => nameOf(setting) === '') || names.some((other) => other !== key)) return null
  return { labels: conditions.map((settings) => settings.map(valueOf).join(', ')), key: [key] }
}

function numberedBy(names: readonly string[]): string[] {
  const distinct = [...new Set(names)]
  return names.map((name) => String(distinct.indexOf(name) + 1))
}

/** Lines that explain the labels. */
export function explainLabels({ common, key }: Pick<ConditionLabels, 'common' | 'key'>): readonly string[] {
  return [...(common === '' ? [] : [`all: ${common}`]), ...key]
}
