import type { Environment } from './environment.ts'

/** What an environment need not have, and what messages call it. */
const abilities = {
  solve: 'solver',
  printLevel: 'levels as text',
  parseLevel: 'levels as text',
  smallerLevels: 'smaller levels',
  goalPlace: 'place of its goal',
  agency: 'candidate goals',
  objects: 'objects that can be hidden',
} as const satisfies Partial<Record<keyof Environment, string>>
export type Ability = keyof typeof abilities

/** The ability itself. Throws a RangeError, for whom it cannot be done without, where the environment has none. */
export function requireAbility<Parameters, Level, Name extends Ability>(
  environment: Pick<Environment<Parameters, Level>, 'name' | Name>,
  name: Name,
): NonNullable<Environment<Parameters, Level>[Name]> {
  const ability = environment[name]
  if (ability === undefined || ability === null) throw new RangeError(`${environment.name} has no ${abilities[name]}`)
  return ability
}

/** Those that an environment has. */
export function abilitiesOf(environment: Environment): readonly Ability[] {
  const names = Object.keys(abilities) as Ability[]
  return names.filter((name) => environment[name] !== undefined)
}
