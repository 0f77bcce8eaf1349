import { apiKeyScope, type ApiKeyScope } from '@goalpost/contracts'

/** What each scope adds to those before it. */
const meanings: Readonly<Record<ApiKeyScope, string>> = {
  read: 'see everything in the workspace',
  submit: 'also submit experiments, upload files, use tools',
  manage: 'also cancel, change and delete experiments, models, gates, webhooks',
  admin: 'also manage keys and members, and read the audit log',
}

type Props = { readonly scope: ApiKeyScope; readonly setScope: (scope: ApiKeyScope) => void }

export function ScopeField({ scope, setScope }: Props) {
  return (
    <label className="field">
      Scope
      <ScopeSelect scope={scope} setScope={setScope} />
    </label>
  )
}

type SelectProps = Props & { readonly label?: string; readonly disabled?: boolean }

/** `label` where no words stand beside it. */
export function ScopeSelect({ scope, setScope, label, disabled = false }: SelectProps) {
  return (
    <select
      value={scope}
      aria-label={label}
      disabled={disabled}
      onChange={({ target }) => setScope(apiKeyScope.parse(target.value))}
    >
      {apiKeyScope.options.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </select>
  )
}

export function ScopeMeaning({ scope }: Pick<Props, 'scope'>) {
  return (
    <p className="note">
      <code>{scope}</code>: {meanings[scope]}.
    </p>
  )
}
