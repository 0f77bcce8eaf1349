export const failure = 'The disk of the service cannot be read'

/** How the service answers where it has a fault of its own. */
export const failWith = (detail: string) => ({
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'https://goalpost.dev/problems/internal',
    title: 'Something went wrong inside Goalpost',
    status: 500,
    code: 'internal',
    detail,
  }),
})
