import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { MicrophoneIcon } from "../kit/icons";

interface Props {
  disabled?: boolean;
  onRecorded: (file: File) => void;
}

const LONGEST = 10 * 60;

/** 语音备注: spoken instead of typed; one press begins, the next ends. Absent where the browser cannot record. */
export function Recorder({ disabled, onRecorded }: Props) {
  const { seconds, error, begin, end } = useRecording(onRecorded);
  if (typeof MediaRecorder === "undefined" || !window.isSecureContext) return null;
  const clock = `${Math.floor((seconds ?? 0) / 60)}:${String((seconds ?? 0) % 60).padStart(2, "0")}`;
  return (
    <>
      {seconds === null ? (
        <Button icon={<MicrophoneIcon />} disabled={disabled} onClick={() => void begin()}>
          录音
        </Button>
      ) : (
        <Button className="recording-now" icon={<MicrophoneIcon />} onClick={end}>{`停止 ${clock}`}</Button>
      )}
      {error && (
        <span role="alert" className="reason">
          {error}
        </span>
      )}
    </>
  );
}

function useRecording(onRecorded: (file: File) => void) {
  const [seconds, setSeconds] = useState<number | null>(null);
  const [error, setError] = useState("");
  const recorder = useRef<MediaRecorder | null>(null);
  const end = () => recorder.current?.stop();
  useEffect(() => {
    if (seconds === null) return undefined;
    if (seconds >= LONGEST) {
      recorder.current?.stop();
      return undefined;
    }
    const timer = setTimeout(() => setSeconds(seconds + 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  useEffect(() => () => recorder.current?.stream.getTracks().forEach((track) => track.stop()), []);
  const begin = async () => {
    setError("");
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) {
      setError("没有麦克风权限，请在浏览器设置中允许");
      return;
    }
    recorder.current = recording(stream, (file) => {
      setSeconds(null);
      onRecorded(file);
    });
    setSeconds(0);
  };
  return { seconds, error, begin, end };
}

function recording(stream: MediaStream, done: (file: File) => void): MediaRecorder {
  const made = new MediaRecorder(stream);
  const parts: Blob[] = [];
  made.ondataavailable = ({ data }) => void parts.push(data);
  made.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    const type = made.mimeType.split(";")[0] || "audio/webm";
    done(new File(parts, `语音备注 ${stamp(new Date())}.${type.split("/")[1] ?? "webm"}`, { type }));
  };
  made.start();
  return made;
}

const stamp = (at: Date) => `${at.getMonth() + 1}-${at.getDate()} ${at.getHours()}.${String(at.getMinutes()).padStart(2, "0")}`;
