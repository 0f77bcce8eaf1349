import type { ProtocolView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'

/** What the service says of a protocol; undefined until it is read. */
export function useProtocol(name: string): ProtocolView | undefined {
  const { client } = useSession()
  const { data } = useQuery({
    queryKey: ['protocol', name],
    queryFn: () => client.protocol(name),
    staleTime: Infinity,
  })
  return data
}
