// Evaluates the custom properties of the @utrecht component CSS as far as they can be known at build time.
// The components offer hundreds of tokens; we set about a hundred. A var() without a value takes its fallback, or takes its
// declaration along; this shrinks the CSS to a twentieth without changing what a browser would compute.

import valueParser from 'postcss-value-parser';

const isToken = (name) => name.startsWith('--utrecht-') || name.startsWith('--_utrecht-') || name.startsWith('--basis-');

/** root: postcss Root; tokens: name without dashes -> value. Returns CSS text. */
export function fold(root, tokens) {
  const known = new Map(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
  let before;
  do {
    before = root.toString();
    const set = definitions(root);
    root.walkDecls((decl) => foldDeclaration(decl, known, set));
    dropUnread(root);
    root.walkRules((rule) => { if (!rule.nodes.length) rule.remove(); });
  } while (root.toString() !== before);
  root.walkDecls((decl) => { if (isIdle(decl)) decl.remove(); });
  root.walkRules((rule) => { if (!rule.nodes.length) rule.remove(); });
  return root.toString();
}

/** Custom properties that a component sets itself: name -> its declarations. */
function definitions(root) {
  const set = new Map();
  root.walkDecls(/^--/, (decl) => { set.set(decl.prop, [...(set.get(decl.prop) ?? []), decl]); });
  return set;
}

function foldDeclaration(decl, known, set) {
  const value = foldValue(decl.value, (name) => {
    const own = set.get(name);
    if (!own) return known.get(name);
    // Set once, in the very rule that reads it: the value can stand in its place.
    if (own.length === 1 && own[0].parent === decl.parent && !own[0].value.includes(name)) return own[0].value;
    return KEEP;
  });
  if (value === undefined) decl.remove();
  else decl.value = value;
}

const KEEP = Symbol('known only in the browser');

/** The value with its var()s resolved, or undefined when it needs one that has no value. */
function foldValue(text, lookup) {
  const parsed = valueParser(text);
  let missing = false;
  parsed.walk((node) => {
    if (node.type !== 'function' || node.value !== 'var') return undefined;
    const name = node.nodes[0].value;
    if (!isToken(name)) return false;
    const comma = node.nodes.findIndex((part) => part.type === 'div');
    const fallback = comma < 0 ? undefined : foldValue(valueParser.stringify(node.nodes.slice(comma + 1)).trim(), lookup);
    const found = lookup(name);
    if (found === KEEP) {
      replaceNode(node, fallback === undefined ? `var(${name})` : `var(${name},${fallback})`);
    } else if (found !== undefined || fallback !== undefined) {
      replaceNode(node, found ?? fallback);
    } else {
      missing = true;
    }
    return false;
  });
  return missing ? undefined : parsed.toString();
}

function replaceNode(node, text) {
  Object.assign(node, { type: 'word', value: text, nodes: undefined });
}

function dropUnread(root) {
  const css = root.toString();
  root.walkDecls(/^--/, (decl) => { if (!css.includes(`var(${decl.prop}`)) decl.remove(); });
}

/** Declarations that say what the browser does anyway: zero margins times zero, `revert` and the like. */
function isIdle(decl) {
  if (/^(revert|initial|unset)$/.test(decl.value)) return decl.prop !== 'all';
  return /^margin-block/.test(decl.prop) && /^calc\(0 \*/.test(decl.value);
}
