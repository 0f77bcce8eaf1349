import type { InputIssue } from '@goalpost/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSession } from '../session/session.ts'
import { issuesNow, type KeptIssues } from './kept-issues.ts'
import { issueText } from './spec-issues.ts'
import { locate, type Fault } from './spec-text.ts'

const typingPauseMs = 500

type Previewed = {
  readonly text: string
  readonly isReadable: boolean
  /** Which starting point the text came from. */
  readonly start: number
}

/** What the service says about a spec, shortly after it was last changed, and what it refuses. */
export function usePreview({ text, isReadable, start }: Previewed) {
  const { client } = useSession()
  const [settled, setSettled] = useState({ text, start })
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ text, start }), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text, start])
  const preview = useQuery({
    queryKey: ['preview', settled.text],
    queryFn: () => client.preview(settled.text),
    enabled: isReadable && settled.text.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  const [kept, setKept] = useState<KeptIssues>({ start, issues: [] })
  const now = settled.start === start ? issuesNow(kept, preview, start) : issuesNow(kept, unanswered, start)
  if (now !== kept) setKept(now)
  return { preview, issues: now.issues }
}

const unanswered = { isError: false, isSuccess: false, isPlaceholderData: false, error: null }

/** What the service refuses, at its places in the text. */
export function faultsOf(issues: readonly InputIssue[], text: string): Fault[] {
  return issues.map((issue) => ({ ...locate(text, issue.pointer), message: issueText(issue) }))
}
