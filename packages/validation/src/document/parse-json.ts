import { visit, type JSONVisitor, type ParseErrorCode, printParseErrorCode } from 'jsonc-parser'
import { documentBudget, tooDeep, tooMany } from './budget.ts'
import { malformed, quoteName } from './malformed.ts'

/**
 * JSON.parse seldom reports where it fails, silently takes the last of two equal names, and has no limits: a pass with
 * a callback parser runs first and throws on such input.
 */
export function parseJson(text: string): unknown {
  visit(text, refusingVisitor(text), { disallowComments: true, allowTrailingComma: false })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw malformed('json', { text, offset: 0, reason: 'not valid JSON', cause })
  }
}

function refusingVisitor(text: string): JSONVisitor {
  const names: Set<string>[] = []
  let values = 0
  let depth = 0
  const refuse = (offset: number, reason: string): never => {
    throw malformed('json', { text, offset, reason })
  }
  const count = (offset: number): void => {
    if (++values > documentBudget.values) refuse(offset, tooMany)
  }
  const enter = (offset: number): void => {
    count(offset)
    if (++depth > documentBudget.depth) refuse(offset, tooDeep)
  }
  return {
    onObjectBegin(offset) {
      enter(offset)
      names.push(new Set())
    },
    onObjectProperty(name, offset) {
      const known = names.at(-1)
      if (known?.has(name) === true) refuse(offset, `the field ${quoteName(name)} appears twice`)
      known?.add(name)
    },
    onObjectEnd() {
      depth -= 1
      names.pop()
    },
    onArrayBegin: enter,
    onArrayEnd: () => void (depth -= 1),
    onLiteralValue: (_value, offset) => count(offset),
    onError: (error, offset) => refuse(offset, wordsOf(printParseErrorCode(error as ParseErrorCode))),
  }
}

/** `CommaExpected` → `comma expected` */
function wordsOf(code: string): string {
  return code.replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}
