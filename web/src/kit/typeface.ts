/** A canvas inherits nothing: told to, it falls back to small letters of its own. */
export const typeface = (): string => getComputedStyle(document.body).fontFamily;
