import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useMay } from '../session/session.ts'

const hashPattern = '\\s*[0-9a-f]{64}\\s*'

/** Opens a level, or a suite, by the hash that reports and manifests name. */
export function LevelSearch() {
  const navigate = useNavigate()
  const [hash, setHash] = useState('')
  if (!useMay('submit')) return null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void navigate({ to: '/levels/$hash', params: { hash: hash.trim() } })
  }
  return (
    <form className="choices level-search" onSubmit={submit}>
      <label className="field">
        Level or suite by its hash
        <input
          required
          pattern={hashPattern}
          placeholder="64 hexadecimal digits"
          title="The SHA-256 of a level or a suite: 64 digits from 0 to f"
          value={hash}
          onChange={({ target }) => setHash(target.value)}
        />
      </label>
      <button type="submit">Open</button>
    </form>
  )
}
