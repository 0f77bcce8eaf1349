import { expect, it } from 'vitest'
import { assignDrill, createScriptedLedger } from '../../test/scripted-ledger.ts'
import { createRecorder } from './recorder.ts'

it('keeps the first of very many log lines and reports how many it left out, and keeps all if there are few', async () => {
  const { ledger, told } = createScriptedLedger()
  const lost = new AbortController().signal
  const { claim } = assignDrill({})
  const recorder = createRecorder({ ledger, claim, lost, patienceMs: 1_000, onTrouble: () => undefined })
  const line = (message: string) => recorder.log({ at: new Date().toISOString(), level: 'info', message })
  for (let index = 0; index < 100_000; index++) line(`line ${index}`)
  await recorder.flush()
  expect(told.logs).toHaveLength(1_001)
  expect(told.logs[999]).toBe('line 999')
  expect(told.logs[1_000]).toBe('99000 more lines were omitted')
  line('later')
  await recorder.flush()
  expect(told.logs.slice(1_001)).toEqual(['later'])
  recorder.stop()
})
