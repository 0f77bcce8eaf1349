import { config } from 'zod/v4/core'

// The page's Content-Security-Policy forbids code made of strings. Asked in time, zod does not try it: each try is a reported violation.
config({ jitless: true })
