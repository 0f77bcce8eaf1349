import type { Environment } from './environment.ts'

/** The optional members of an environment, and their names in messages. */
const abilities = [
  { name: 'solve', title: 'solver' },
  { name: 'printLevel', title: 'levels as text' },
  { name: 'parseLevel', title: 'levels as text' },
  { name: 'smallerLevels', title: 'smaller levels' },
  { name: 'goalPlace', title: 'place of its goal' },
  { name: 'agency', title: 'candidate goals' },
  { name: 'objects', title: 'objects that can be hidden' },
  { name: 'design', title: 'edits of levels' },
  { name: 'way', title: 'way along which a critic could be shown' },
] as const satisfies readonly { readonly name: keyof Environment; readonly title: string }[]
export type Ability = (typeof abilities)[number]['name']

/** Throws a RangeError if the environment does not have the ability. */
export function requireAbility<Parameters, Level, Name extends Ability>(
  environment: Pick<Environment<Parameters, Level>, 'name' | Name>,
  name: Name,
): NonNullable<Environment<Parameters, Level>[Name]> {
  const ability = environment[name]
  if (ability !== undefined && ability !== null) return ability
  const title = abilities.find((each) => each.name === name)?.title
  throw new RangeError(`${environment.name} has no ${title}`)
}

export function abilitiesOf(environment: Environment): readonly Ability[] {
  return abilities.map(({ name }) => name).filter((name) => environment[name] !== undefined)
}
