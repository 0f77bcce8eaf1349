import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import { uploadFile } from '../spec-file/named-files.ts'
import { readUpload } from '../spec-file/read-upload.ts'
import type { Invocation, Outcome } from './command.ts'

/** Stores a file in the service; specs refer to it by its hash. */
export async function upload({ context, global, args: [path = ''] }: Invocation): Promise<Outcome> {
  const bytes = await readUpload(path)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const file = await uploadFile(api, path, bytes)
      if (global.json) printJson(context, file)
      else context.print(file.hash)
    },
  })
}
