/**
 * The styles of a plot, in a page or alone: colours by role, for light and dark, and marks. Colour-blind readers can
 * tell the eight colours of the curves apart (after Okabe and Ito).
 */
export const plotStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14181d); --raised: light-dark(#f7f8fa, #1b2127);
  --ink: light-dark(#1a2129, #e4e8ec); --soft: light-dark(#5b6672, #98a3ae); --rule: light-dark(#e1e5ea, #2d353d);
  --good: light-dark(#0b7a5c, #35c09a); --bad: light-dark(#c2410c, #fb8a56); --warning: light-dark(#94690a, #e0b04a);
  --neutral: light-dark(#4f6b8a, #86a6c9); --link: light-dark(#0b5f8a, #6cc3f0); --heat: light-dark(#0b5f8a, #4cc0f0);
  --c0: light-dark(#0072b2, #56b4e9); --c1: light-dark(#d55e00, #f5883b); --c2: light-dark(#008f6b, #2bc79a);
  --c3: light-dark(#a8487f, #e08fbd); --c4: light-dark(#9a6b00, #e6a817); --c5: light-dark(#2f93c4, #9ad4f5);
  --c6: light-dark(#6b5fc7, #a79cf2); --c7: light-dark(#6b7280, #a3abb5);
}
svg text { fill: var(--soft); font-size: 11px; font-family: inherit; font-variant-numeric: tabular-nums; }
svg .name { fill: var(--ink); font-size: 12px; } svg .label { font-size: 12px; }
.plot { display: block; width: 100%; max-width: 54rem; height: auto; }
.grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
.reference { stroke: var(--line, var(--soft)); stroke-dasharray: 2 4; } svg text[class*=" c"] { fill: var(--line); }
.plot text.tick { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.curve { fill: none; stroke: var(--line); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
.dashed { stroke-dasharray: 6 5; } .dotted { stroke-dasharray: 1 5; }
.band { fill: var(--line); opacity: .13; } .dot { fill: var(--line); }
.c0 { --line: var(--c0); } .c1 { --line: var(--c1); } .c2 { --line: var(--c2); } .c3 { --line: var(--c3); }
.c4 { --line: var(--c4); } .c5 { --line: var(--c5); } .c6 { --line: var(--c6); } .c7 { --line: var(--c7); }
`
