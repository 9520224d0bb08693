/** The drawings on buttons. */
import {
  RestOutlined,
  ArrowDownOutlined,
  ArrowUpOutlined,
  AudioOutlined,
  CameraOutlined,
  BarsOutlined,
  CalendarOutlined,
  CopyOutlined,
  DownOutlined,
  DownloadOutlined,
  EditOutlined,
  EyeOutlined,
  FilterOutlined,
  HolderOutlined,
  InboxOutlined,
  LeftOutlined,
  LinkOutlined,
  MoreOutlined,
  PushpinOutlined,
  RightOutlined,
  SendOutlined,
  UploadOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { silent } from "./frameIcons";

export * from "./frameIcons";

export const CameraIcon = silent(CameraOutlined);
export const MicrophoneIcon = silent(AudioOutlined);
export const UploadIcon = silent(UploadOutlined);
export const BinIcon = silent(RestOutlined);
export const ArrowDownIcon = silent(ArrowDownOutlined);
export const ArrowUpIcon = silent(ArrowUpOutlined);
export const BarsIcon = silent(BarsOutlined);
export const CalendarIcon = silent(CalendarOutlined);
export const CopyIcon = silent(CopyOutlined);
export const DownIcon = silent(DownOutlined);
export const DownloadIcon = silent(DownloadOutlined);
export const EditIcon = silent(EditOutlined);
export const EyeIcon = silent(EyeOutlined);
export const FilterIcon = silent(FilterOutlined);
export const HolderIcon = silent(HolderOutlined);
export const InboxIcon = silent(InboxOutlined);
export const LeftIcon = silent(LeftOutlined);
export const LinkIcon = silent(LinkOutlined);
export const MoreIcon = silent(MoreOutlined);
export const PushpinIcon = silent(PushpinOutlined);
export const RightIcon = silent(RightOutlined);
export const OutboxIcon = silent(SendOutlined);
export const UndoIcon = silent(UndoOutlined);
