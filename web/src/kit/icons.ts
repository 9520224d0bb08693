/** The drawings on buttons. They only repeat what the words say, so nobody reads them aloud. */
import {
  AppstoreOutlined, ArrowDownOutlined, ArrowUpOutlined, BarChartOutlined, BarsOutlined, BellOutlined, CalendarOutlined, CloseOutlined, DeleteOutlined,
  DownOutlined, DownloadOutlined, EditOutlined, FilterOutlined, HistoryOutlined, HomeOutlined,
  InboxOutlined, LeftOutlined, LinkOutlined, MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined, MoonOutlined, MoreOutlined,
  PaperClipOutlined, PlusOutlined, RightOutlined, SearchOutlined, SettingOutlined, SunOutlined,
  UploadOutlined, UserOutlined,
  CheckOutlined, CheckSquareOutlined, HolderOutlined, QuestionCircleOutlined, StarFilled, StarOutlined, UndoOutlined, CopyOutlined, EyeOutlined, PushpinOutlined,
} from "@ant-design/icons";
import { createElement, type ComponentType, type HTMLAttributes } from "react";

type Props = HTMLAttributes<HTMLSpanElement>;

const silent = (Drawing: ComponentType<Props>) =>
  function Icon(props: Props) {
    return createElement(Drawing, { role: undefined, "aria-label": undefined, "aria-hidden": true, ...props });
  };

export const AppstoreIcon = silent(AppstoreOutlined);
export const ArrowDownIcon = silent(ArrowDownOutlined);
export const ArrowUpIcon = silent(ArrowUpOutlined);
export const BarChartIcon = silent(BarChartOutlined);
export const BarsIcon = silent(BarsOutlined);
export const BellIcon = silent(BellOutlined);
export const CalendarIcon = silent(CalendarOutlined);
export const CloseIcon = silent(CloseOutlined);
export const CopyIcon = silent(CopyOutlined);
export const DeleteIcon = silent(DeleteOutlined);
export const DownIcon = silent(DownOutlined);
export const DownloadIcon = silent(DownloadOutlined);
export const EditIcon = silent(EditOutlined);
export const EyeIcon = silent(EyeOutlined);
export const FilterIcon = silent(FilterOutlined);
export const HistoryIcon = silent(HistoryOutlined);
export const HolderIcon = silent(HolderOutlined);
export const HomeIcon = silent(HomeOutlined);
export const InboxIcon = silent(InboxOutlined);
export const LeftIcon = silent(LeftOutlined);
export const LinkIcon = silent(LinkOutlined);
export const MenuFoldIcon = silent(MenuFoldOutlined);
export const MenuIcon = silent(MenuOutlined);
export const MenuUnfoldIcon = silent(MenuUnfoldOutlined);
export const MoonIcon = silent(MoonOutlined);
export const MoreIcon = silent(MoreOutlined);
export const PaperClipIcon = silent(PaperClipOutlined);
export const PlusIcon = silent(PlusOutlined);
export const PushpinIcon = silent(PushpinOutlined);
export const RightIcon = silent(RightOutlined);
export const SearchIcon = silent(SearchOutlined);
export const SettingIcon = silent(SettingOutlined);
export const SunIcon = silent(SunOutlined);
export const UploadIcon = silent(UploadOutlined);
export const UserIcon = silent(UserOutlined);
export const CheckIcon = silent(CheckOutlined);
export const CheckSquareIcon = silent(CheckSquareOutlined);
export const HelpIcon = silent(QuestionCircleOutlined);
export const StarFilledIcon = silent(StarFilled);
export const StarIcon = silent(StarOutlined);
export const UndoIcon = silent(UndoOutlined);
