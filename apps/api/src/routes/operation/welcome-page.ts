/** The page for people who open the service's address in a browser. */
export const welcomePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Goalpost</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
code { font-family: ui-monospace, monospace; }
</style>
</head>
<body>
<h1>Goalpost</h1>
<p>This is the API of a Goalpost service, which runs goal-misgeneralization experiments. It is running.</p>
<ul>
<li><a href="docs">API reference</a>: every route, to read and to try</li>
<li><a href="openapi.json">OpenAPI document</a>: the same, for programs</li>
<li><a href="readyz">Readiness</a>: whether the service can work</li>
</ul>
<p>The guides are in the folder <code>docs</code> of the source, beginning with <code>README.md</code>. On the command line:</p>
<pre><code>npx goalpost list
npx goalpost run examples/smoke.yaml
npx goalpost help</code></pre>
</body>
</html>
`
