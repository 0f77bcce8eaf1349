/** Goalpost's mark, as the dashboard has it (`apps/dashboard/src/shell/goalpost.svg`). */
export const logo = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" height="32"><path d="M5 27V7h22v20" fill="none" stroke="#0b5f8a" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/><circle cx="20" cy="21" r="4.5" fill="#d55e00"/></svg>',
)
