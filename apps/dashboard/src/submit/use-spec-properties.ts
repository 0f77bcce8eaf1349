import { experimentSpecSchema } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSession } from '../session/session.ts'
import { useForm } from './form.ts'
import { specProperties } from './form-schema.ts'
import { textOf, withoutReferences } from './schema.ts'

const general = withoutReferences(experimentSpecSchema())

/** The fields of the spec that is written, with what its protocol says about them. */
export function useSpecProperties() {
  const { client } = useSession()
  const { spec } = useForm()
  const name = textOf(spec['protocol']) ?? ''
  const protocols = useQuery({ queryKey: ['protocols'], queryFn: () => client.protocols(), staleTime: Infinity })
  const protocol = useQuery({
    queryKey: ['protocol', name],
    queryFn: () => client.protocol(name),
    staleTime: Infinity,
    enabled: name !== '',
    retry: false,
  })
  const names = protocols.data?.items
  const properties = useMemo(
    () =>
      specProperties({
        general,
        protocols: names?.map((each) => each.name) ?? [],
        options: protocol.data === undefined ? null : withoutReferences(protocol.data.optionsSchema),
        measures: protocol.data?.search?.measures.map((measure) => measure.name) ?? [],
        spec,
      }),
    [names, protocol.data, spec],
  )
  return { properties, protocols, protocol }
}
