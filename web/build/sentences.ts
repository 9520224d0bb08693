/** Finds the Chinese that a source file says to people, and where to put the look-up round it. */
import ts from "typescript";

/** What replaces the text from `from` to `to`. */
export interface Edit {
  from: number;
  to: number;
  by: string;
}
export interface Reading {
  sentences: string[];
  edits: Edit[];
  uses: Set<"say" | "sayParts">;
  keyOf: (text: string) => string;
}

export const CHINESE = /[\u3400-\u9fff\u3001-\u303f\uff01-\uff5e]/;
export const SAY = "say$";
export const PARTS = "sayParts$";

/**
 * Reads one file. A word that means something else in this file than elsewhere has an entry of its own in the catalogue,
 * “是 @filters”, which is why the catalogue's keys are asked for.
 */
export function read(name: string, text: string, known: (key: string) => boolean): Reading {
  const own = /([^/]*)\.tsx?$/.exec(name)?.[1] ?? "";
  const source = ts.createSourceFile(
    name,
    text,
    ts.ScriptTarget.Latest,
    true,
    name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const reading: Reading = {
    sentences: [],
    edits: [],
    uses: new Set(),
    keyOf: (words) => (known(`${words} @${own}`) ? `${words} @${own}` : words),
  };
  visit(source, reading);
  return reading;
}

function visit(node: ts.Node, reading: Reading): void {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTaggedTemplateExpression(node))
    return;
  if (ts.isJsxElement(node) || ts.isJsxFragment(node)) children(node.children, reading);
  else if (ts.isTemplateExpression(node)) template(node, reading);
  else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) literal(node, reading);
  ts.forEachChild(node, (child) => visit(child, reading));
}

function literal(node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral, reading: Reading): void {
  if (!CHINESE.test(node.text) || isName(node)) return;
  const call = lookUp(node.text, reading);
  said(reading, reading.keyOf(node.text), "say", {
    from: node.getStart(),
    to: node.getEnd(),
    by: ts.isJsxAttribute(node.parent) ? `{${call}}` : call,
  });
}

function lookUp(text: string, { keyOf }: Reading): string {
  return `${SAY}(${[...new Set([text, keyOf(text)])].map((one) => JSON.stringify(one)).join(", ")})`;
}

/** A key of an object is no word to say, nor is a directive. */
function isName(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isExpressionStatement(parent) || ts.isImportTypeNode(parent)
  );
}

/** `共 ${n} 条` becomes say`共 ${n} 条`: the slots stay as they are. */
function template(node: ts.TemplateExpression, reading: Reading): void {
  const sentence = node.head.text + node.templateSpans.map(({ literal }, slot) => `{${slot}}${literal.text}`).join("");
  if (CHINESE.test(sentence)) said(reading, sentence, "say", { from: node.getStart(), to: node.getStart(), by: SAY });
}

function said(reading: Reading, sentence: string, by: "say" | "sayParts", ...edits: Edit[]): void {
  reading.sentences.push(sentence);
  reading.edits.push(...edits);
  reading.uses.add(by);
}

/** Text, values and elements side by side are one sentence: 已选 <b>{n}</b> 条. */
function children(all: ts.NodeArray<ts.JsxChild>, reading: Reading): void {
  const shown = all.filter((child) => !isNothing(child));
  const chinese = shown.map((child) => ts.isJsxText(child) && CHINESE.test(child.text));
  const [first, last] = [chinese.indexOf(true), chinese.lastIndexOf(true)];
  if (first < 0) return;
  const from = isValue(shown[first - 1]) ? first - 1 : first;
  const to = isValue(shown[last + 1]) ? last + 1 : last;
  sentence(shown.slice(from, to + 1), reading);
}

const isNothing = (child: ts.JsxChild) =>
  (ts.isJsxText(child) && shownText(child) === "") || (ts.isJsxExpression(child) && !child.expression);

/** A value beside the words belongs to the sentence; an icon or something that may be missing does not. */
function isValue(child: ts.JsxChild | undefined): boolean {
  if (!child || !ts.isJsxExpression(child) || !child.expression) return false;
  return (
    !ts.isBinaryExpression(child.expression) &&
    !contains(child.expression, (node) => ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node))
  );
}

function contains(node: ts.Node, wanted: (node: ts.Node) => boolean): boolean {
  return wanted(node) || (ts.forEachChild(node, (child) => contains(child, wanted) || undefined) ?? false);
}

function sentence(run: ts.JsxChild[], reading: Reading): void {
  let slots = 0;
  const whole = run.map((child) => (ts.isJsxText(child) ? shownText(child) : `{${slots++}}`)).join("");
  const [, before = "", words = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(whole) ?? [];
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return;
  const [open, close] = [before && `{${JSON.stringify(before)}}`, after && `{${JSON.stringify(after)}}`];
  if (slots === 0) {
    said(reading, reading.keyOf(words), "say", {
      from: first.getFullStart(),
      to: last.getEnd(),
      by: `${open}{${lookUp(words, reading)}}${close}`,
    });
    return;
  }
  said(reading, words, "sayParts", {
    from: first.getFullStart(),
    to: first.getFullStart(),
    by: `${open}{${PARTS}(${JSON.stringify(words)}`,
  });
  reading.edits.push(...run.flatMap(asArgument), { from: last.getEnd(), to: last.getEnd(), by: `)}${close}` });
}

/** Text vanishes into the sentence; a value loses its braces. */
function asArgument(child: ts.JsxChild): Edit[] {
  if (ts.isJsxText(child)) return [{ from: child.getFullStart(), to: child.getEnd(), by: "" }];
  if (!ts.isJsxExpression(child)) return [{ from: child.getStart(), to: child.getStart(), by: ", " }];
  return [
    { from: child.getStart(), to: child.getStart() + 1, by: ", (" },
    { from: child.getEnd() - 1, to: child.getEnd(), by: ")" },
  ];
}

/** JSX text as it is drawn: lines are trimmed and joined by a space, blank ones vanish. */
function shownText(node: ts.JsxText): string {
  const lines = node.text.split(/\r?\n/);
  return lines
    .map((line, at) => (at > 0 ? line.trimStart() : line))
    .map((line, at) => (at < lines.length - 1 ? line.trimEnd() : line))
    .filter(Boolean)
    .join(" ");
}
