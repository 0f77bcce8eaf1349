import { parseDocument } from '@goalpost/validation'

/** Parses a value as YAML; a value that is not valid YAML is a text. */
export function parseValue(text: string): unknown {
  try {
    return parseDocument(text, 'yaml')
  } catch {
    return text
  }
}
