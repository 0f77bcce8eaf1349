import './schemas-without-eval.ts'
// Made by build/report-styles.ts.
import './design/report.css'
import './design/base.css'
import './design/parts.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
