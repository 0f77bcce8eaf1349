import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The name of the machine's cards in NVIDIA's driver for Linux, if they are all of one kind; else null. ONNX Runtime's
 * binding for Node does not report its device.
 */
export function findNvidiaModel(folder = '/proc/driver/nvidia/gpus'): string | null {
  const models = new Set(cardsIn(folder).map((card) => /^Model:\s*(.+?)\s*$/m.exec(card)?.[1] ?? null))
  const [model = null] = models
  return models.size === 1 ? model : null
}

function cardsIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((card) => readFileSync(join(folder, card, 'information'), 'utf8'))
  } catch {
    return []
  }
}
