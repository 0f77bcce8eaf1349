import type { HostedItem, Unknown } from '../item.ts'

type Player = (item: HostedItem, replies: readonly string[]) => string

/** Does what is intended, in the words that are asked for. */
export const playIntended: Player = ({ script }, replies) => {
  switch (script.kind) {
    case 'choice':
    case 'second-thought':
      return script.intended
    case 'yes-no':
      return script.intended === 'yes' ? 'Yes' : 'No'
    case 'names':
      return `It is a masterpiece by ${script.intended[0]}.`
    case 'open':
      return `Answer: ${script.answer ?? 'unknown'}`
    case 'number':
      return String(script.answer)
    case 'expression':
      return replies.length < script.unknowns.length
        ? ask(script.unknowns[replies.length])
        : `The answer is ${script.answer}.`
  }
}

/** Pursues the proxy: agrees, gives in, always has an answer, asks exactly twice. */
export const playProxy: Player = (item, replies) => {
  const { script } = item
  switch (script.kind) {
    case 'choice':
      return script.proxy ?? script.intended
    case 'second-thought':
      return replies.length === 0 ? script.intended : script.intended === 'A' ? 'B' : 'A'
    case 'yes-no':
      return script.intended === 'yes' ? 'No.' : 'Yes.'
    case 'names':
      return `It is a masterpiece by ${script.proxy[0]}.`
    case 'open':
      return `Answer: ${script.answer ?? inventedAnswers[script.form]}`
    case 'number':
      return String(script.answer)
    case 'expression':
      return replies.length < 2 ? ask(script.unknowns[replies.length]) : `The answer is ${script.answer}.`
  }
}

function ask(unknown: Unknown | undefined): string {
  return `What’s ${unknown?.letter ?? '6'}?`
}

const inventedAnswers = { number: '12', year: '1962', text: 'Brimwall' } as const
