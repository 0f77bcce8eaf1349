type Props = {
  /** As it is shown; empty if nothing is set. */
  readonly value: string
  readonly isKnown: boolean
}

/** What the text holds, although it cannot be chosen. */
export function ForeignOption({ value, isKnown }: Props) {
  return value === '' || isKnown ? null : <option>{value}</option>
}
