import type { InputIssue } from '@goalpost/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSession } from '../session/session.ts'
import { issueText } from './spec-issues.ts'
import { locate, type Fault } from './spec-text.ts'

const typingPauseMs = 500

/** What the service says about a spec, shortly after it was last changed. */
export function usePreview(text: string, isReadable: boolean) {
  const { client } = useSession()
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['preview', settled],
    queryFn: () => client.preview(settled),
    enabled: isReadable && settled.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** What the service refuses, at its places in the text. */
export function faultsOf(issues: readonly InputIssue[], text: string): Fault[] {
  return issues.map((issue) => ({ ...locate(text, issue.pointer), message: issueText(issue) }))
}
