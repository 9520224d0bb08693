import { Suspense, useEffect, useState, type ReactNode } from "react";
import { useLocation } from "react-router";
import { Boundary } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { FormHost } from "../screens/form/FormHost";
import { BottomBar } from "./BottomBar";
import { Nav } from "./Nav";
import { Palette } from "./Palette";
import { TopBar } from "./TopBar";
import { useStored } from "./stored";

/** The frame around every screen: the menu, the top bar, the search that opens anywhere. */
export function Shell({ children }: { children: ReactNode }) {
  const [narrow, setNarrow] = useStored("nav-narrow", false);
  const [menu, setMenu] = useState(false);
  const [searching, setSearching] = useState(false);
  const { pathname } = useLocation();
  useSearchKey(() => setSearching(true));
  return (
    <FormHost>
      <a href="#main" className="skip">跳到正文</a>
      <div className={`shell ${narrow ? "shell-narrow" : ""}`}>
        <Nav narrow={narrow} open={menu} onNarrow={() => setNarrow(!narrow)} onClose={() => setMenu(false)} />
        <TopBar onSearch={() => setSearching(true)} />
        <main id="main" tabIndex={-1}>
          <Boundary resetKey={pathname}>
            <Suspense fallback={<div className="page"><Skeleton rows={10} /></div>}>{children}</Suspense>
          </Boundary>
        </main>
        <BottomBar onSearch={() => setSearching(true)} onMenu={() => setMenu(true)} />
      </div>
      {searching && <Palette onClose={() => setSearching(false)} />}
    </FormHost>
  );
}

function useSearchKey(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  });
}
