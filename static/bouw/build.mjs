// Builds ../portal.css: the rules of the @utrecht packages that our templates use, evaluated against tokens.json,
// followed by palette.css, huisstijlen.css and layout.css. Run `npm install && npm run build` here; the result is committed.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Features, transform } from 'lightningcss';
import postcss from 'postcss';
import { fold } from './fold.mjs';

const BUDGET_BYTES = 8 * 1024; // gzipped; with the HTML of a page it must fit the first round trip (14 KB)

const PACKAGES = [
  'link', 'skip-link', 'paragraph', 'heading-1', 'heading-2', 'heading-3',
  'form-fieldset', 'form-field', 'form-label', 'form-field-description', 'form-field-error-message',
  'textbox', 'textarea', 'select', 'radio-button', 'checkbox',
  'button', 'alert', 'status-badge', 'data-list', 'table',
];

// A rule stays only when every utrecht class in its selector is here. Add a class when a template starts to use it.
const CLASSES = new Set(`
  link skip-link skip-link--visible-on-focus paragraph paragraph--lead heading-1 heading-2 heading-3
  form-field form-field--invalid form-fieldset form-fieldset--html-fieldset form-fieldset__legend
  form-label form-label--checkbox form-label--radio form-field-description form-field-error-message
  textbox textbox--html-input textarea textarea--html-textarea select select--html-select
  radio-button radio-button--html-input checkbox
  button button--primary-action button--secondary-action button--subtle
  alert alert__content alert--info alert--ok alert--warning alert--error
  status-badge status-badge--neutral status-badge--active status-badge--safe status-badge--warning status-badge--danger
  data-list data-list__item-key table table--html-table table__caption
`.trim().split(/\s+/).map((name) => `utrecht-${name}`));

// States we do not have, or style once for everything in layout.css (focus).
const LEFT_OUT = /:(focus|disabled|active|read-only|user-invalid|invalid|visited|has)\b|::placeholder|\[(type|pattern|inputMode)|figcaption|tfoot|html-table > tr|html-select:hover|> \*/;

// The one focus rule that is more than a ring: it brings the skip link into view.
const KEPT = new Set(['.utrecht-skip-link--visible-on-focus:focus']);

const here = (path) => new URL(path, import.meta.url);

function utrechtRules() {
  const root = postcss.root();
  for (const name of PACKAGES) {
    const css = readFileSync(here(`node_modules/@utrecht/${name}-css/dist/index.css`), 'utf8');
    root.append(postcss.parse(css));
  }
  root.walkComments((comment) => { comment.remove(); });
  root.walkAtRules('charset', (rule) => { rule.remove(); });
  root.walkRules((rule) => {
    rule.selectors = rule.selectors.filter(isUsed).map((selector) => selector.replace(/:not\(:disabled, \[aria-disabled=true\]([^)]*)\)/, ''));
    if (!rule.selector) rule.remove();
  });
  root.walkAtRules((rule) => { if (rule.nodes && !rule.nodes.length) rule.remove(); });
  return root;
}

function isUsed(selector) {
  const classes = selector.match(/\.utrecht-[\w-]+/g) ?? [];
  const bare = selector.replace(/:not\(.*?\)/g, '');
  return classes.filter((name) => bare.includes(name)).every((name) => CLASSES.has(name.slice(1)))
    && (KEPT.has(selector) || !LEFT_OUT.test(bare)) && !selector.includes('[multiple]');
}

const tokens = JSON.parse(readFileSync(here('tokens.json'), 'utf8'));
const utrecht = fold(utrechtRules(), tokens);
const own = ['palette.css', 'huisstijlen.css', 'layout.css'].map((name) => readFileSync(here(name), 'utf8')).join('\n');
const { code } = transform({
  filename: 'portal.css',
  code: Buffer.from(`${utrecht}\n${own}`),
  minify: true,
  exclude: Features.LightDark, // color-scheme alone is enough: we write both palettes out
  targets: { chrome: 103 << 16, firefox: 103 << 16, safari: (15 << 16) | (4 << 8) },
});
// The test suite computes the same fingerprint, so that a forgotten build is noticed without node.
const sources = ['build.mjs', 'fold.mjs', 'huisstijlen.css', 'layout.css', 'package.json', 'palette.css', 'tokens.json'];
const fingerprint = createHash('sha256').update(sources.map((name) => readFileSync(here(name), 'utf8')).join('')).digest('hex').slice(0, 16);
const licence = `/*! EUPL-1.2. Contains parts of @utrecht/*-css, (c) Frameless B.V. and Gemeente Utrecht, EUPL-1.2. Built from ${fingerprint} */\n`;
const result = licence + code.toString() + '\n';
writeFileSync(here('../portal.css'), result);

const size = gzipSync(result, { level: 9 }).length;
console.log(`portal.css: ${result.length} bytes, ${size} gzipped (budget ${BUDGET_BYTES})`);
if (size > BUDGET_BYTES) process.exit(1);
