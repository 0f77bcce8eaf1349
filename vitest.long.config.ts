import { defineConfig } from 'vitest/config'
import { suite } from './guards/suites.ts'

export default defineConfig({ test: suite('long') })
