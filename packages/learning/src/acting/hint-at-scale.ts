import type { ImportedInterface } from './imported-interface.ts'
import type { ImportedPolicyNote } from './imported-policy.ts'

type Given = Pick<ImportedInterface, 'type' | 'layout'> & {
  readonly observations: Uint8Array
  /** Whether the model divides by 255. */
  readonly dividesBy255: boolean
}

/** Says which numbers a model is given, and warns if it seems to expect pixels where it gets zeros and ones. */
export function hintAtScale({ type, layout, observations, dividesBy255 }: Given): readonly ImportedPolicyNote[] {
  const largest = observations.reduce((most, value) => Math.max(most, value), 0)
  const order = layout === 'channels-last' ? 'height, width, channels' : 'channels, height, width'
  const sent = largest > 1 ? 'bytes from 0 to 255' : 'zeros and ones'
  const notes: ImportedPolicyNote[] = [
    {
      level: 'info',
      message: `The model is given observations [batch, ${order}] as ${type}: ${sent}, without scaling`,
    },
  ]
  if (dividesBy255 && largest <= 1)
    notes.push({
      level: 'warn',
      message:
        'The model divides by 255, as if it expected pixels from 0 to 255, but the observations of this environment are ' +
        'zeros and ones, so it may see next to nothing. If it was trained on zeros and ones, leave the division out of the ' +
        'exported model; if it was trained on 0 and 255, multiply by 255 inside it',
    })
  return notes
}
