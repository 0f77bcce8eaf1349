import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from 'yaml'
import { documentBudget, tooDeep, tooLong } from './budget.ts'
import { malformed } from './malformed.ts'
import { yamlToValue } from './yaml-to-value.ts'

/**
 * YAML 1.2, one document, no tags beyond the core schema. The library's own check of unique keys compares all pairs of
 * keys, and its own conversion expands aliases without limit: both are done here in one pass, within bounds.
 */
export function parseYaml(text: string): unknown {
  const document = compose(text)
  const refuse = (fault: YAMLError) =>
    malformed('yaml', { text, offset: fault.pos[0], reason: reasonOf(fault), cause: fault })
  const fault = document?.errors[0]
  if (fault !== undefined) throw refuse(fault)
  const version = document?.directives?.yaml
  if (version?.explicit === true && version.version !== '1.2')
    throw malformed('yaml', { text, offset: 0, reason: 'only YAML 1.2 is supported: remove the %YAML line' })
  if (document === null) return null
  const value = yamlToValue(text, document.contents)
  // A number that is none after `!!int`, an unknown directive: the library would fall back to a text, or to nothing.
  const doubt = document.warnings[0]
  if (doubt !== undefined) throw refuse(doubt)
  return value
}

/** Null if there is only white space and comments. */
function compose(text: string): Document.Parsed | null {
  const tokens = [...readTokens(text)]
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, schema: 'core' })
  let document: Document.Parsed | null = null
  try {
    for (const next of composer.compose(tokens)) {
      if (document === null) document = next
      else
        throw malformed('yaml', {
          text,
          offset: next.range[0],
          reason: 'A second document begins here; only one is allowed',
        })
    }
  } catch (cause) {
    // The composer recurses, and what lies deep without brackets is not counted by the tokens.
    if (cause instanceof RangeError) throw malformed('yaml', { text, offset: 0, reason: tooDeep, cause })
    throw cause
  }
  return document
}

/**
 * A name and its value on a line of their own come to eight: texts, what announces them, colon, space, line,
 * indentation.
 */
const maxLexemes = 10 * documentBudget.values
/** For each level the parser keeps the collection, and what it is the value of. */
const maxOpen = 4 * documentBudget.depth

/** Tokens of the document, refused as soon as they are too many: all of them become a tree afterwards. */
function* readTokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser()
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (lexemes > maxLexemes) throw malformed('yaml', { text, offset: parser.offset, reason: tooLong })
    yield* parser.next(lexeme)
    if (parser.stack.length > maxOpen) throw malformed('yaml', { text, offset: parser.offset, reason: tooDeep })
  }
  yield* parser.end()
}

/** The library's message, unless it mentions the library's own functions. */
function reasonOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'A second document begins here; only one is allowed'
  return (message.split(/ at line |\n/)[0] ?? message).slice(0, 200)
}
