/**
 * 语言: the sentences of the client in the language of whoever uses it.
 *
 * Chinese stands where it is used; the build puts `say` round it (build/words.ts), so nobody writes that by hand. English comes
 * from words/en.json, fetched before anything else runs and only by those who want it: `{0}` is a slot, `{0#row|rows}` the first
 * word when the value is 1, `{0~}` the value in lower case, `{0s}` its plural, `{0s~}` both.
 */
import { createElement, Fragment, isValidElement, type ReactNode } from "react";

export type Language = "zh-CN" | "en";

export const language: Language = storedLanguage();
export const inEnglish = language === "en";

/** Each language under its own name. */
export const LANGUAGES = [
  { key: "zh-CN", label: "中文" },
  { key: "en", label: "English" },
] as const;
export const OTHER = LANGUAGES[inEnglish ? 0 : 1];

/** Everything only English needs; nobody else fetches it. */
const english = inEnglish ? await import("../words/english") : null;
export const componentLocale = english?.locale ?? null;

document.documentElement.lang = language;

/** What the browser remembers of the person's choice; it is needed before the server has been asked. */
export function storedLanguage(): Language {
  try {
    const looks = JSON.parse(localStorage.getItem("zhike:looks") ?? "{}") as { language?: unknown } | null;
    return looks?.language === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

/** A sentence, under a key of its own where it means something else; as the tag of a template, one with values in it. */
export function say(text: string | TemplateStringsArray, ...values: unknown[]): string {
  if (typeof text === "string") return english?.catalogue[typeof values[0] === "string" ? values[0] : text] ?? text;
  if (!english) return String.raw({ raw: text }, ...values);
  const chinese = text.reduce((all, part, at) => `${all}{${at - 1}}${part}`);
  return english.filled(english.catalogue[chinese] ?? chinese, values).join("");
}

/** A sentence with pieces of the page in it. */
export function sayParts(chinese: string, ...values: ReactNode[]): ReactNode {
  const parts = english ? english.filled(english.catalogue[chinese] ?? chinese, values) : split(chinese, values);
  return parts.some((part) => isValidElement(part) || Array.isArray(part))
    ? createElement(Fragment, null, ...parts)
    : parts
        .filter(isShown)
        .map((part) => String(part as string | number))
        .join("");
}

const split = (text: string, values: ReactNode[]): ReactNode[] =>
  text.split(/{(\d+)}/).map((part, at) => (at % 2 === 1 ? values[Number(part)] : part));

const isShown = (part: ReactNode) => part !== null && part !== undefined && typeof part !== "boolean";

/** What several of a thing are called: “客户” in Chinese, “Accounts” in English. */
export const several = (label: string): string => english?.plural(label) ?? label;
