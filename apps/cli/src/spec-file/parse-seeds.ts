import { GoalpostError } from '@goalpost/contracts'

export type Seeds = number | number[] | { readonly first: number; readonly count: number }

/** `5` (how many), `100..104` (a range) or `3,7,11`, in the form of a spec. */
export function parseSeeds(text: string): Seeds {
  const range = /^(\d+)\.\.(\d+)$/.exec(text)
  if (range !== null) return parseRange(Number(range[1]), Number(range[2]))
  if (/^\d+$/.test(text)) return Number(text)
  if (/^\d+(,\d+)+,?$/.test(text))
    return text
      .split(',')
      .filter((part) => part !== '')
      .map(Number)
  throw new GoalpostError(
    'invalid-request',
    `--seeds must look like 5, 100..104 or 3,7,11, not ${JSON.stringify(text)}`,
  )
}

function parseRange(first: number, last: number): Seeds {
  if (last >= first) return { first, count: last - first + 1 }
  throw new GoalpostError('invalid-request', `--seeds ${first}..${last} ends before it begins: write ${last}..${first}`)
}
