import type { ProtocolView } from '@goalpost/contracts'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'

/** What the service says of a protocol. */
export function useProtocol(name: string): UseQueryResult<ProtocolView> {
  const { client } = useSession()
  return useQuery({
    queryKey: ['protocol', name],
    queryFn: () => client.protocol(name),
    staleTime: Infinity,
  })
}
