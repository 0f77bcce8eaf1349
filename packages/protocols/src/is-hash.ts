/** Whether this is a SHA-256 in lower-case hex. */
export const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
