/** Moving and sizing cards. Comes only when somebody arranges a page. */
import { Button } from "antd";
import { GridLayout, useContainerWidth, type LayoutItem } from "react-grid-layout";
import type { Common, Place } from "../../client/reports";
import { CloseIcon } from "../../kit/icons";
import { CardFrame } from "./CardFrame";
import { ACROSS } from "./places";
import "react-grid-layout/css/styles.css";

interface Props { places: Place[]; common: Common; onChange: (places: Place[]) => void }

export default function Arranging({ places, common, onChange }: Props) {
  const { width, containerRef, mounted } = useContainerWidth();
  const layout = places.map(({ id, x, y, w, h }) => ({ i: id, x, y, w, h, minW: 2, minH: 2 }));
  const moved = (next: readonly LayoutItem[]) => {
    const found = places.map((place) => { const at = next.find(({ i }) => i === place.id); return at ? { ...place, x: at.x, y: at.y, w: at.w, h: at.h } : place; });
    if (JSON.stringify(found) !== JSON.stringify(places)) onChange(found);
  };
  const nudge = (place: Place, by: Partial<Place>) => onChange(places.map((one) => (one.id === place.id ? within({ ...one, ...by }) : one)));
  return (
    <div ref={containerRef}>
      {mounted && (
        <GridLayout
          width={width} layout={layout} onLayoutChange={moved}
          gridConfig={{ cols: ACROSS, rowHeight: 56, margin: [14, 14], containerPadding: [0, 0] }} dragConfig={{ enabled: true, cancel: "button, a" }} resizeConfig={{ enabled: true }}
        >
          {places.map((place) => (
            <div key={place.id} className="arranged">
              <CardFrame place={place} common={common} tools={<Tools onNudge={(by) => nudge(place, by(place))} onRemove={() => onChange(places.filter((one) => one !== place))} />} />
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}

const within = (place: Place): Place => {
  const w = Math.max(2, Math.min(ACROSS, place.w));
  return { ...place, w, h: Math.max(2, Math.min(20, place.h)), x: Math.max(0, Math.min(ACROSS - w, place.x)), y: Math.max(0, place.y) };
};

interface ToolsProps { onNudge: (by: (place: Place) => Partial<Place>) => void; onRemove: () => void }

/** What dragging does, for the keyboard. */
function Tools({ onNudge, onRemove }: ToolsProps) {
  return (
    <span className="arrange-tools">
      <Button size="small" type="text" aria-label="左移" title="左移" onClick={() => onNudge(({ x }) => ({ x: x - 1 }))}>←</Button>
      <Button size="small" type="text" aria-label="右移" title="右移" onClick={() => onNudge(({ x }) => ({ x: x + 1 }))}>→</Button>
      <Button size="small" type="text" aria-label="变窄" title="变窄" onClick={() => onNudge(({ w }) => ({ w: w - 1 }))}>－</Button>
      <Button size="small" type="text" aria-label="变宽" title="变宽" onClick={() => onNudge(({ w }) => ({ w: w + 1 }))}>＋</Button>
      <Button size="small" type="text" aria-label="移除卡片" title="移除卡片" icon={<CloseIcon />} onClick={onRemove} />
    </span>
  );
}
