import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(js|css|svg)$/

/** Writes `.br` and `.gz` beside each text file, so that the API compresses nothing per request. */
export function compressFiles(): Plugin {
  return {
    name: 'goalpost-compress-files',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => compressible.test(fileName))
      await Promise.all(
        files.map(async (file) => {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          const at = path.join(dir, file.fileName)
          await writeFile(`${at}.br`, await promisify(brotliCompress)(bytes))
          await writeFile(`${at}.gz`, await promisify(gzip)(bytes))
        }),
      )
    },
  }
}
