import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findNvidiaModel } from './graphics-card.ts'

/** The layout of the driver. */
function createCards(models: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  models.forEach((model, i) => {
    mkdirSync(join(folder, `0000:0${i}:00.0`))
    writeFileSync(join(folder, `0000:0${i}:00.0`, 'information'), `Model: \t\t ${model}\nIRQ:   \t\t 255\n`)
  })
  return folder
}

test('cards of one model get its name', () => {
  expect(findNvidiaModel(createCards(['NVIDIA A10G']))).toBe('NVIDIA A10G')
  expect(findNvidiaModel(createCards(['NVIDIA A10G', 'NVIDIA A10G']))).toBe('NVIDIA A10G')
})

test('there is no name if cards differ or there is no driver', () => {
  expect(findNvidiaModel(createCards(['NVIDIA A10G', 'NVIDIA T4']))).toBe(null)
  expect(findNvidiaModel(createCards([]))).toBe(null)
  expect(findNvidiaModel('/nowhere')).toBe(null)
})
