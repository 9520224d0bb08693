/** The drawings of the frame and the first screen, which do not wait for those of all the others. They only repeat what the words say, so nobody reads them aloud. */
import {
  PaperClipOutlined,
  DeleteOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  BellOutlined,
  CheckOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  CloseOutlined,
  HistoryOutlined,
  HomeOutlined,
  MenuFoldOutlined,
  MenuOutlined,
  MenuUnfoldOutlined,
  PlusOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SettingOutlined,
  StarFilled,
  StarOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { createElement, type ComponentType, type HTMLAttributes } from "react";

type Props = HTMLAttributes<HTMLSpanElement>;

export const silent = (Drawing: ComponentType<Props>) =>
  function Icon(props: Props) {
    return createElement(Drawing, { role: undefined, "aria-label": undefined, "aria-hidden": true, ...props });
  };

export const AppstoreIcon = silent(AppstoreOutlined);
export const BarChartIcon = silent(BarChartOutlined);
export const BellIcon = silent(BellOutlined);
export const CloseIcon = silent(CloseOutlined);
export const HistoryIcon = silent(HistoryOutlined);
export const HomeIcon = silent(HomeOutlined);
export const MenuFoldIcon = silent(MenuFoldOutlined);
export const MenuIcon = silent(MenuOutlined);
export const MenuUnfoldIcon = silent(MenuUnfoldOutlined);
export const PlusIcon = silent(PlusOutlined);
export const SearchIcon = silent(SearchOutlined);
export const SettingIcon = silent(SettingOutlined);
export const UserIcon = silent(UserOutlined);
export const CheckIcon = silent(CheckOutlined);
export const ClockIcon = silent(ClockCircleOutlined);
export const CheckSquareIcon = silent(CheckSquareOutlined);
export const HelpIcon = silent(QuestionCircleOutlined);
export const StarFilledIcon = silent(StarFilled);
export const StarIcon = silent(StarOutlined);
export const DeleteIcon = silent(DeleteOutlined);
export const PaperClipIcon = silent(PaperClipOutlined);
