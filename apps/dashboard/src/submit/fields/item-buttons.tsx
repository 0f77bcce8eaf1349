import { IconButton } from './icon-button.tsx'

type Props = {
  /** E.g. `conditions 2`. */
  readonly name: string
  readonly index: number
  readonly count: number
  readonly isFull: boolean
  readonly move: (from: number, to: number) => void
  readonly duplicate: (index: number) => void
  readonly remove: (index: number) => void
}

/** What can be done with an item of a list. */
export function ItemButtons({ name, index, count, isFull, move, duplicate, remove }: Props) {
  return (
    <span className="item-buttons">
      <IconButton part="up" mark="↑" label={`Move ${name} up`} isOff={index === 0} run={() => move(index, index - 1)} />
      <IconButton
        part="down"
        mark="↓"
        label={`Move ${name} down`}
        isOff={index === count - 1}
        run={() => move(index, index + 1)}
      />
      <IconButton
        part="duplicate"
        mark={<CopyIcon />}
        label={`Duplicate ${name}`}
        isOff={isFull}
        run={() => duplicate(index)}
      />
      <IconButton part="remove" mark="✕" label={`Remove ${name}`} run={() => remove(index)} />
    </span>
  )
}

function CopyIcon() {
  return (
    <svg className="icon" viewBox="0 0 16 16">
      <path d="M6 6h7v7H6zM3 10V3h7" />
    </svg>
  )
}
