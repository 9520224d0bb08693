import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";
import { Stands } from "../kit/afterPaint";
import { Boundary } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import "../kit/trail";
import { FormHost } from "../screens/form/FormHost";
import { BottomBar } from "./BottomBar";
import { early } from "./early";
import { useHere } from "./favourites";
import { useMeta } from "./meta";
import { Nav } from "./Nav";
import { prefer, usePreferences } from "./preferences";
import { useShortcuts } from "./shortcuts";
import { TopBar } from "./TopBar";
import { useRemembering } from "./visits";

const Away = lazy(() => import("./Away"));
const Palette = lazy(() => import("./Palette"));
const KeySheet = lazy(() => import("./KeySheet"));
const Watermark = lazy(() => import("./Watermark"));

type Over = "search" | "create" | "keys" | null;

/** The frame around every screen: the menu, the top bar, the search that opens anywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const { menu_folded: narrow } = usePreferences();
  const [menu, setMenu] = useState(false);
  const [over, show] = useState<Over>(null);
  const setOver = (next: Over) => {
    if (next === "search" || next === "create") early.listen();
    show(next);
  };
  const mark = useMeta().watermark?.screen;
  const { pathname } = useLocation();
  const fold = () => prefer({ menu_folded: !narrow });
  useRemembering();
  useFocusOnArrival();
  useKeys(setOver, fold);
  const close = () => setOver(null);
  return (
    <FormHost>
      <a href="#main" className="skip" onClick={toMain}>
        跳到正文
      </a>
      <div className={`shell ${narrow ? "shell-narrow" : ""}`}>
        <Nav narrow={narrow} open={menu} onNarrow={fold} onClose={() => setMenu(false)} />
        <TopBar onSearch={() => setOver("search")} onHelp={() => setOver("keys")} />
        <Suspense>
          <Away />
        </Suspense>
        <main id="main" tabIndex={-1}>
          <Boundary resetKey={pathname}>
            <Suspense
              fallback={
                <div className="page">
                  <Skeleton rows={10} />
                </div>
              }
            >
              {children}
              <Stands />
            </Suspense>
          </Boundary>
        </main>
        <BottomBar onSearch={() => setOver("search")} onMenu={() => setMenu(true)} />
      </div>
      <Suspense>
        {(over === "search" || over === "create") && <Palette key={over} creating={over === "create"} onClose={close} />}
        {over === "keys" && <KeySheet onClose={close} />}
        {mark && <Watermark who={mark} />}
      </Suspense>
    </FormHost>
  );
}

function useKeys(setOver: (over: Over) => void, fold: () => void): void {
  const navigate = useNavigate();
  const here = useHere();
  const search = () => setOver("search");
  useShortcuts({
    "mod+k": search,
    "/": search,
    c: () => setOver("create"),
    "?": () => setOver("keys"),
    f: () => here?.toggle(),
    "[": fold,
    "g h": () => void navigate("/"),
  });
}

/** Not by the address: the address belongs to the screens. */
function toMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** What had the focus may be gone with the screen before; then the keyboard goes on at the new screen's beginning. */
function useFocusOnArrival(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
}
