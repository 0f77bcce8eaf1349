const files = import.meta.glob<string>('../../../../examples/*.yaml', { query: '?raw', import: 'default' })

/** The examples of the repository by name, to start from; each is loaded when it is chosen. */
export const examples: ReadonlyMap<string, () => Promise<string>> = new Map(
  Object.entries(files).map(([file, load]) => [file.replace(/^.*\/|\.yaml$/g, ''), load]),
)
