/** What keys of a keyboard do, most wanted first; those that an environment does not have are left out. */
const wishes: readonly (readonly [keys: readonly string[], actions: readonly string[]])[] = [
  [
    ['up', 'w'],
    ['up', 'jump'],
  ],
  [['left', 'a'], ['left']],
  [
    ['down', 's'],
    ['down', 'wait', 'stay'],
  ],
  [['right', 'd'], ['right']],
  [['space'], ['jump', 'wait', 'stay']],
  [['z'], ['jump-left']],
  [['e'], ['jump-right']],
]

/** Key → action: arrows and letters by the actions' names, digits by their order, 0 for standing still. */
export function keysOf(actions: readonly string[]): Readonly<Record<string, string>> {
  const possible = new Set([...actions, 'stay'])
  const named = wishes.flatMap(([keys, wanted]) => {
    const action = wanted.find((name) => possible.has(name))
    return action === undefined ? [] : keys.map((key) => [key, action] as const)
  })
  const numbered = actions.slice(0, 9).map((action, i) => [String(i + 1), action] as const)
  return Object.fromEntries([...numbered, ['0', 'stay'], ...named])
}
