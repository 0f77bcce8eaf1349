import type { Environment, Goal } from '@goalpost/environments'
import type { Narrator } from '@goalpost/learning'

/** What a judge reads of an episode: the world, the level, the actions, which goals were reached when unless that is hidden, and the end. */
export function narratorFor(
  environment: Environment,
  parameters: unknown,
  outcomes: 'shown' | 'hidden' = 'shown',
): Narrator<unknown> {
  const { title, actions: known, goals } = environment
  const [intended, proxy] = goals.map(nameOf)
  return {
    claims: [`${intended}: reached`, `${proxy}: reached`],
    describe({ level, actions, reached, end }) {
      const drawing = environment.printLevel?.(parameters, level)
      return [
        `World: ${title}.`,
        ...(drawing === undefined ? [] : ['Level:', drawing]),
        `Actions: ${actions.map((action) => known[action].name).join(', ')}.`,
        ...(outcomes === 'hidden'
          ? []
          : [`${intended}: ${whenReached(reached[0])}.`, `${proxy}: ${whenReached(reached[1])}.`]),
        `${endings[end]} after ${actions.length} ${actions.length === 1 ? 'step' : 'steps'}.`,
      ].join('\n')
    },
  }
}

const endings = { rules: 'Ended by the rules', limit: 'Ended by the step limit' } as const

const nameOf = ({ name, phrase = name }: Goal) => `Goal “${phrase}”`

const whenReached = (steps: readonly number[]) =>
  steps.length === 0 ? 'not reached' : `reached at step ${steps.join(', ')}`
