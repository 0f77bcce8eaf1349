import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressFiles } from './build/compress-files.ts'
import { reportStyles } from './build/report-styles.ts'

export default defineConfig({
  plugins: [react(), reportStyles(), compressFiles()],
  resolve: {
    // Only secret suites use it, which are drawn on the server.
    alias: { 'node:crypto': fileURLToPath(new URL('src/replay/no-crypto.ts', import.meta.url)) },
  },
  build: {
    target: 'baseline-widely-available',
    // An inlined file would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // With the setting that it reads, so that no other file can make schemas before it is set.
        codeSplitting: { groups: [{ name: 'schema-settings', test: /schemas-without-eval|zod\/v4\/core\/core\.js/ }] },
      },
    },
  },
})
