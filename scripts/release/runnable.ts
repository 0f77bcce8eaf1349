import { stripTypeScriptTypes } from 'node:module'

/** Files of the repository's root that a workspace reads lie one folder further up once it is in a package's node_modules. */
const rootFolders = /(['"])((?:\.\.\/){4})(examples|prisma\/)/g
/** Relative paths of sources, in imports and in URLs of programs. */
const sources = /(['"])(\.{1,2}\/[^'"\n]*)\.ts\1/g

/** JavaScript of a source that Node runs inside node_modules; lines and columns stay where they are. */
export function runnable(source: string, name: string): string {
  const script = name.endsWith('.ts') ? stripTypeScriptTypes(source, { mode: 'strip' }) : source
  return script.replaceAll(sources, '$1$2.js$1').replaceAll(rootFolders, '$1../$2$3')
}
