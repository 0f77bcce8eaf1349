import { jsonSchemaOf } from '@goalpost/protocol-kit'
import type { CatalogEntry } from '@goalpost/contracts'
import { environments, type Environment } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

/** Every environment as a catalog entry of the protocol: its description, parameters and an example level. */
export function environmentCatalog(protocol: string): readonly CatalogEntry[] {
  return [...environments.values()].map((environment) => describeEnvironment(environment, protocol))
}

function describeEnvironment(environment: Environment, protocol: string): CatalogEntry {
  const parameters = environment.parameters.parse({})
  const { shape, channels } = environment.observation(parameters)
  const { 0: training, 1: apart } = environment.distributions
  // The name decides which level is drawn: renaming the stream would change the example.
  const level = (apart ?? training).sample(parameters, createStream(0).named('catalogue').at(0))
  return {
    protocol,
    kind: 'environment',
    name: environment.name,
    version: environment.version,
    title: environment.title,
    description: environment.description,
    parametersSchema: jsonSchemaOf(environment.parameters),
    facts: {
      'intended goal': [nameAndMeaning(environment.goals[0])],
      'proxy goal': [nameAndMeaning(environment.goals[1])],
      actions: [...environment.actions],
      observation: channels.map((name, index) => ({
        name,
        description: `channel ${index} of ${shape.join('×')} bytes`,
      })),
      distributions: environment.distributions.map(({ name, description }) => ({ name, description })),
      shifts: environment.shifts.map(({ name, description }) => ({ name, description })),
      measures: environment.measures(parameters).measures.map(({ name, description }) => ({ name, description })),
    },
    picture: environment.printLevel?.(parameters, level).split('\n') ?? [],
  }
}

/** Goals have more fields than a catalog shows. */
function nameAndMeaning({ name, description }: { readonly name: string; readonly description: string }) {
  return { name, description }
}
