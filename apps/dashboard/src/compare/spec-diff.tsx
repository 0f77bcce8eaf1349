import { optionDiff, type ComparedSide } from './option-diff.ts'

/** The options in which the compared conditions differ, defaults included. */
export function SpecDiff({ sides }: { readonly sides: readonly ComparedSide[] }) {
  if (sides.length < 2) return null
  const differences = optionDiff(sides)
  return (
    <section aria-labelledby="spec-diff">
      <h2 id="spec-diff">Options that differ</h2>
      {differences.length === 0 ? (
        <p className="none">None: the conditions have the same options.</p>
      ) : (
        <div className="wide" tabIndex={0} role="group" aria-label="Options that differ">
          <table className="diff">
            <thead>
              <tr>
                <th scope="col">option</th>
                {sides.map(({ name }) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map(({ path, values }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  {sides.map(({ name }, index) => (
                    <td key={name}>{values[index] ?? <span className="soft">not set</span>}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
