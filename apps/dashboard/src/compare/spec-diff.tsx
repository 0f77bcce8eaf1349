import { DifferenceTable } from './difference-table.tsx'
import { optionDiff, type ComparedSide } from './option-diff.ts'

/** The options in which the compared conditions differ, defaults included. */
export function SpecDiff({ sides }: { readonly sides: readonly ComparedSide[] }) {
  if (sides.length < 2) return null
  const differences = optionDiff(sides)
  const title = 'Options that differ'
  return (
    <section aria-labelledby="spec-diff">
      <h2 id="spec-diff">{title}</h2>
      {differences.length === 0 ? (
        <p className="none">None: the conditions have the same options.</p>
      ) : (
        <DifferenceTable
          {...{ title, differences }}
          what="option"
          absent="not set"
          names={sides.map(({ name }) => name)}
        />
      )}
    </section>
  )
}
