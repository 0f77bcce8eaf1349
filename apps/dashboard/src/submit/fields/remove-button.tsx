import { useForm, spokenPlace } from '../form.ts'
import type { SpecPath } from '../spec-text.ts'

/** Takes a value out of the spec, so that its default holds. */
export function RemoveButton({ path, label }: { readonly path: SpecPath; readonly label: string }) {
  const { edit } = useForm()
  return (
    <button
      type="button"
      className="small quiet"
      aria-label={`Remove ${spokenPlace(path)}`}
      title={`Remove ${label}: its default holds`}
      onClick={() => edit({ kind: 'set', path, value: undefined })}
    >
      Remove
    </button>
  )
}
