import { useEffect, useRef } from "react";
import { CloseIcon } from "../kit/frameIcons";
import { useReturnFocus } from "../kit/useReturnFocus";
import { SHORTCUTS } from "./shortcuts";

/** What the keyboard can do. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useReturnFocus();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="palette key-sheet"
      aria-label="快捷键"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="palette-head">
        <h2>快捷键</h2>
        <span className="spacer" />
        <button type="button" className="plain" aria-label="关闭" onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <div className="key-groups">
        {SHORTCUTS.map(({ label, keys }) => (
          <section key={label} aria-label={label}>
            <h3>{label}</h3>
            <dl>
              {keys.map(([pressed, does]) => (
                <div key={pressed.join("+") + does}>
                  <dt>
                    {pressed.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
