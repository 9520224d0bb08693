/** Letters typed before the search has come: the keys pressed after Ctrl K on a page that has just been opened are not lost. */
let words = "";
let entered = false;

function take(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    stop();
    return;
  }
  if (event.key === "Enter") entered = true;
  else if (event.key === "Backspace") words = words.slice(0, -1);
  else if (event.key.length === 1) words += event.key;
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function stop(): void {
  removeEventListener("keydown", take, true);
  words = "";
  entered = false;
}

export const early = {
  listen: () => {
    stop();
    addEventListener("keydown", take, true);
  },
  words: () => words,
  entered: () => entered,
  /** Hands over what came after the search was drawn and before it stood there, and listens no more. */
  end: (take: (words: string) => void) => {
    take(words);
    stop();
  },
};
