import { ConfigProvider, theme as antd, type ThemeConfig } from "antd";
import zhCN from "antd/es/locale/zh_CN";
import { createContext, useContext, useLayoutEffect, useMemo, type ReactNode } from "react";
import type { Preferences } from "../client/desk";
import { useMedia, usePhone } from "../kit/useMedia";
import { componentLocale } from "../kit/words";
import { useDensity } from "./density";
import { prefer, usePreferences } from "./preferences";

export type Mode = Preferences["theme"];

const setMode = (theme: Mode) => prefer({ theme });
const ModeContext = createContext<{ mode: Mode; dark: boolean; setMode: (mode: Mode) => void }>({
  mode: "system",
  dark: false,
  setMode,
});
export const useMode = () => useContext(ModeContext);

export function Theme({ children }: { children: ReactNode }) {
  const { theme: mode } = usePreferences();
  const { compact, row } = useDensity();
  const dark = useMedia("(prefers-color-scheme: dark)") ? mode !== "light" : mode === "dark";
  useLayoutEffect(() => {
    const { dataset, style } = document.documentElement;
    dataset.theme = dark ? "dark" : "light";
    dataset.density = compact ? "compact" : "comfortable";
    style.setProperty("--row", `${row}px`);
  }, [dark, compact, row]);
  const phone = usePhone();
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const config = useMemo(() => themeOf(dark, phone, still), [dark, phone, still]);
  return (
    <ModeContext value={{ mode, dark, setMode }}>
      <ConfigProvider
        locale={componentLocale ?? zhCN}
        theme={config}
        componentSize={compact ? "small" : "middle"}
        button={{ autoInsertSpace: false }}
      >
        {children}
      </ConfigProvider>
    </ModeContext>
  );
}

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const MOUSE = { fontSize: 13, controlHeight: 32 };
/** A thumb covers 44 pixels. */
const THUMB = { fontSize: 15, controlHeight: 44, controlHeightSM: 44 };

/** The same colours as styles.css, given to the component set. It must know of motion that styles.css forbids: a menu it moves waits for the end of that. */
function themeOf(dark: boolean, phone: boolean, still: boolean): ThemeConfig {
  const colours = dark
    ? {
        colorPrimary: "#82a9ff",
        colorError: "#ff8f85",
        colorBgBase: "#12161d",
        colorBgContainer: "#181d26",
        colorBgElevated: "#1f2631",
        colorBorder: "#3a4454",
        colorBorderSecondary: "#2b3340",
        colorTextPlaceholder: "#8a94a4",
      }
    : {
        colorPrimary: "#2457c5",
        colorError: "#b3261e",
        colorText: "#1a2130",
        colorTextSecondary: "#566072",
        colorBorder: "#cfd5de",
        colorBorderSecondary: "#e5e8ed",
        colorTextPlaceholder: "#6b7482",
      };
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      ...colours,
      colorLink: colours.colorPrimary,
      colorInfo: colours.colorPrimary,
      ...(phone ? THUMB : MOUSE),
      fontFamily: FONT,
      borderRadius: 6,
      motion: !still,
      motionDurationFast: "0.06s",
      motionDurationMid: "0.1s",
      motionDurationSlow: "0.14s",
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", ...(dark && { primaryColor: "#0d1420" }) },
    },
    hashed: false,
  };
}
