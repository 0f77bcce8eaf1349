import { stay, type Environment } from '@goalpost/environments'
import { ToolFault } from '@goalpost/protocol-kit'

/** `up,up,left`, `u u l` or, if unambiguous, `uul`. */
export function parseActions({ actions }: Pick<Environment, 'actions'>, text: string): number[] {
  const names = [...actions.map(({ name }) => name), 'stay']
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  const letters = words.length === 1 && matching(names, words[0]).length === 0 ? words[0].split('') : words
  return letters.map((word, index) => {
    const found = matching(names, word)
    if (found.length === 1) return found[0] === 'stay' ? stay : names.indexOf(found[0])
    const message = `has ${JSON.stringify(word)} at place ${index + 1}, which ${found.length === 0 ? 'is no action' : `may be ${found.join(' or ')}`}`
    throw new ToolFault({ pointer: '/actions', message, remedy: `Actions are ${names.join(', ')}` })
  })
}

function matching(names: readonly string[], word: string): readonly string[] {
  return names.includes(word) ? [word] : names.filter((name) => name.startsWith(word))
}
