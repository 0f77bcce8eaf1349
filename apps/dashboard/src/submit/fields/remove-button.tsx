import { focusField, useForm, spokenPlace } from '../form.ts'
import { pointerOf, type SpecPath } from '../spec-text.ts'

/** Takes a value out of the spec: then its default holds, or in a condition the common option. */
export function RemoveButton({ path, label }: { readonly path: SpecPath; readonly label: string }) {
  const { edit } = useForm()
  const remove = (): void => {
    edit({ kind: 'set', path, value: undefined })
    // The button goes with the value.
    requestAnimationFrame(() => focusField(pointerOf(path)))
  }
  return (
    <button
      type="button"
      className="small quiet"
      aria-label={`Remove ${spokenPlace(path)}`}
      title={`Remove ${label}`}
      onClick={remove}
    >
      Remove
    </button>
  )
}
