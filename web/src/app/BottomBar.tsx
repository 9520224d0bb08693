import { NavLink } from "react-router";
import { useFormHost } from "../screens/form/host";
import { inMenuOrder, useMeta } from "./meta";
import { useCreatable } from "./TopBar";
import { useWaiting } from "./useWaiting";
import { HomeIcon, MenuIcon, PlusIcon, SearchIcon } from "../kit/frameIcons";
import { LaterMenu } from "../kit/LaterMenu";
import { several } from "../kit/words";

/** What a thumb reaches on a phone. */
export function BottomBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const first = inMenuOrder(useMeta())[0];
  const { open } = useFormHost();
  const waiting = useWaiting();
  const items = useCreatable().map(({ collection, label }) => ({ key: collection, label: `新建${label}` }));
  return (
    <nav className="bottombar" aria-label="快捷栏">
      <NavLink to="/" end>
        <HomeIcon />
        <span>工作台</span>
      </NavLink>
      {first && (
        <NavLink to={`/${first.collection}`}>
          <span className="initial" aria-hidden="true">
            {first.label.slice(0, 1)}
          </span>
          <span>{several(first.label)}</span>
        </NavLink>
      )}
      {items.length > 0 && (
        <LaterMenu placement="top" menu={{ items, onClick: ({ key }) => open({ collection: key }) }}>
          <button type="button" className="plain">
            <PlusIcon />
            <span>新建</span>
          </button>
        </LaterMenu>
      )}
      <button type="button" className="plain" onClick={onSearch}>
        <SearchIcon />
        <span>搜索</span>
      </button>
      <button type="button" className="plain" onClick={onMenu}>
        <MenuIcon />
        <span>菜单</span>
        {waiting > 0 && <span className="bottom-news" aria-label={`${waiting} 件待审批`} />}
      </button>
    </nav>
  );
}
